package dev.patchbay.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** One HTTP/1.1 request written byte by byte, for what no client library would send. */
public final class RawHttp {

    /** The whole answer as it came, head and body. */
    public record Answer(String text) {
        public int status() {
            return Integer.parseInt(text.split(" ", 3)[1]);
        }
    }

    private RawHttp() {}

    /** Sends these lines of a request's head and a body to the port on 127.0.0.1, and reads until the server closes. */
    public static Answer send(int port, String body, String... head) throws IOException {
        return send(InetAddress.getByName("127.0.0.1"), port, body, head);
    }

    public static Answer send(InetAddress peer, int port, String body, String... head) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(peer, port), 5_000);
            socket.setSoTimeout(10_000);
            String request = String.join("\r\n", head) + "\r\nConnection: close\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new Answer(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
        }
    }
}
