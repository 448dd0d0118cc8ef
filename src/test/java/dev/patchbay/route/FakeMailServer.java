package dev.patchbay.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server on this machine that takes every message (RFC 5321, as far as one client needs it) and keeps it. */
final class FakeMailServer implements AutoCloseable {

    private final ServerSocket server;
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<String> logins = new CopyOnWriteArrayList<>();

    FakeMailServer() {
        try {
            server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::listen, "fake-mail-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Host and port. */
    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** What came, each with its envelope, headers and text. */
    List<String> messages() {
        return List.copyOf(messages);
    }

    /** Who logged in, {@code user:user:password}. */
    List<String> logins() {
        return List.copyOf(logins);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void listen() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                talk(client);
            } catch (IOException e) {
                // The client has gone, or we are closed.
            }
        }
    }

    private void talk(Socket client) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
        OutputStream out = client.getOutputStream();
        StringBuilder message = new StringBuilder();
        say(out, "220 ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String command = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
            switch (command) {
                case "DATA" -> {
                    say(out, "354 go on");
                    for (String text = in.readLine(); text != null && !text.equals("."); text = in.readLine()) {
                        message.append(text).append('\n');
                    }
                    messages.add(message.toString());
                    message.setLength(0);
                    say(out, "250 taken");
                }
                case "MAIL", "RCPT" -> {
                    message.append(line).append('\n');
                    say(out, "250 ok");
                }
                case "EHLO" -> say(out, "250-fake\r\n250 AUTH PLAIN");
                case "AUTH" -> {
                    byte[] login = Base64.getDecoder().decode(line.split(" ", 3)[2]);
                    logins.add(new String(login, UTF_8).replace('\0', ':'));
                    say(out, "235 welcome");
                }
                case "QUIT" -> {
                    say(out, "221 bye");
                    return;
                }
                default -> say(out, "250 ok");
            }
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(UTF_8));
        out.flush();
    }
}
