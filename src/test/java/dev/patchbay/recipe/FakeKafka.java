package dev.patchbay.recipe;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;

/** A broker on this machine, as far as one producer needs it: it speaks Kafka's protocol and keeps what is sent to it. */
public final class FakeKafka implements AutoCloseable {

    private static final List<ApiKeys> KNOWN =
            List.of(ApiKeys.API_VERSIONS, ApiKeys.METADATA, ApiKeys.INIT_PRODUCER_ID, ApiKeys.PRODUCE);

    /** What was sent. */
    public record Sent(String topic, String key, String value) {}

    private final ServerSocket server;
    private final List<Sent> sent = new CopyOnWriteArrayList<>();

    public FakeKafka() {
        try {
            server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        begin(this::listen);
    }

    /** Host and port. */
    public String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Oldest first. */
    public List<Sent> sent() {
        return List.copyOf(sent);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static void begin(Runnable work) {
        Thread thread = new Thread(work, "fake-kafka");
        thread.setDaemon(true);
        thread.start();
    }

    private void listen() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                begin(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            while (true) {
                ByteBuffer request = ByteBuffer.wrap(in.readNBytes(in.readInt()));
                ByteBuffer answer = answer(request);
                out.writeInt(answer.remaining());
                out.write(answer.array(), answer.position(), answer.remaining());
                out.flush();
            }
        } catch (IOException gone) {
            // The client has gone.
        }
    }

    private ByteBuffer answer(ByteBuffer buffer) {
        RequestHeader header = RequestHeader.parse(buffer);
        AbstractRequest request = AbstractRequest.parseRequest(header.apiKey(), header.apiVersion(), buffer).request;
        Message body =
                switch (header.apiKey()) {
                    case API_VERSIONS -> versions();
                    case METADATA -> metadata((MetadataRequest) request);
                    case INIT_PRODUCER_ID ->
                        new InitProducerIdResponseData().setProducerId(1).setProducerEpoch((short) 0);
                    case PRODUCE -> taken((ProduceRequest) request);
                    default -> throw new IllegalStateException("What is " + header.apiKey() + "?");
                };
        var responseHeader = header.toResponseHeader();
        return RequestUtils.serialize(responseHeader.data(), responseHeader.headerVersion(), body, header.apiVersion());
    }

    private static Message versions() {
        ApiVersionsResponseData versions = new ApiVersionsResponseData();
        KNOWN.forEach(api -> versions.apiKeys()
                .add(new ApiVersion()
                        .setApiKey(api.id)
                        .setMinVersion(api.oldestVersion())
                        .setMaxVersion(api.latestVersion())));
        return versions;
    }

    /** One broker, which has one partition of every topic that somebody asks for. */
    private Message metadata(MetadataRequest request) {
        MetadataResponseData metadata =
                new MetadataResponseData().setClusterId("fake").setControllerId(0);
        metadata.brokers()
                .add(new MetadataResponseBroker()
                        .setNodeId(0)
                        .setHost("127.0.0.1")
                        .setPort(server.getLocalPort()));
        if (request.data().topics() != null) {
            request.data().topics().forEach(topic -> metadata.topics()
                    .add(new MetadataResponseTopic()
                            .setName(topic.name())
                            .setTopicId(Uuid.randomUuid())
                            .setPartitions(List.of(new MetadataResponsePartition()
                                    .setPartitionIndex(0)
                                    .setLeaderId(0)
                                    .setLeaderEpoch(0)
                                    .setReplicaNodes(List.of(0))
                                    .setIsrNodes(List.of(0))))));
        }
        return metadata;
    }

    private Message taken(ProduceRequest request) {
        ProduceResponseData answer = new ProduceResponseData();
        request.data().topicData().forEach(topic -> {
            TopicProduceResponse taken = new TopicProduceResponse().setName(topic.name());
            topic.partitionData().forEach(partition -> {
                long offset = sent.size();
                ((MemoryRecords) partition.records())
                        .records()
                        .forEach(record -> sent.add(new Sent(topic.name(), text(record.key()), text(record.value()))));
                taken.partitionResponses()
                        .add(new PartitionProduceResponse()
                                .setIndex(partition.index())
                                .setBaseOffset(offset));
            });
            answer.responses().add(taken);
        });
        return answer;
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}
