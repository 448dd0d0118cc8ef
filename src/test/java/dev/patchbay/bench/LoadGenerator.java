package dev.patchbay.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Both ends of many calls in one process and on one event loop: paced callers and the agent they reach through the gateway.
 * Usage: {@code LoadGenerator <agent port> [<agent audio format>]}, then per line of standard input a {@link LoadOrder}, answered by a line with a {@link LoadResult}.
 */
public final class LoadGenerator {

    private final EventLoopGroup group = Epoll.isAvailable() ? new EpollEventLoopGroup(1) : new NioEventLoopGroup(1);
    private final byte[] scratch = WebSocketPeer.scratch();
    private final AtomicInteger conversations = new AtomicInteger();

    /** @throws Exception when the agent's port cannot be bound or an order cannot be read */
    public static void main(String[] arguments) throws Exception {
        LoadGenerator generator = new LoadGenerator();
        generator.listen(Integer.parseInt(arguments[0]), arguments.length > 1 ? arguments[1] : "pcm_16000");
        ObjectMapper json = new ObjectMapper();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            System.out.println(json.writeValueAsString(generator.run(json.readValue(order, LoadOrder.class))));
        }
        generator.group.shutdownGracefully();
    }

    private LoadResult run(LoadOrder order) throws InterruptedException {
        try {
            return order.shortCalls() > 0 ? new ShortCalls(this, order).run() : new PacedCalls(this, order).run();
        } catch (RuntimeException failed) {
            return LoadResult.failed(order.calls(), String.valueOf(failed.getMessage()));
        }
    }

    EventLoop loop() {
        return group.next();
    }

    /** Conversations that the agent has begun, since the process began. */
    int conversations() {
        return conversations.get();
    }

    /** Opens one call's socket. */
    Caller connect(int number, CallAddress address, Tally tally) {
        Caller caller = new Caller(scratch, number, address, tally);
        new Bootstrap()
                .group(group)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(caller)
                .connect(new InetSocketAddress(
                        address.streamUrl().getHost(), address.streamUrl().getPort()))
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        caller.started().completeExceptionally(done.cause());
                    }
                });
        return caller;
    }

    private void listen(int port, String format) throws InterruptedException {
        new ServerBootstrap()
                .group(group)
                .channel(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new ParrotAgent(scratch, format, conversations));
                    }
                })
                .bind(new InetSocketAddress("127.0.0.1", port))
                .sync();
    }
}
