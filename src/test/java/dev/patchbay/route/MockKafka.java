package dev.patchbay.route;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Kafka's own stand-in for a broker, behind Camel's real endpoint: a bean of this type is found by the component. */
public final class MockKafka implements KafkaClientFactory {

    private final AtomicInteger failures = new AtomicInteger();
    private final MockProducer<Object, Object> producer = new MockProducer<>(true, MockKafka::bytes, MockKafka::bytes) {
        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<Object, Object> record, Callback callback) {
            if (sendException != null) {
                failures.incrementAndGet();
            }
            return super.send(record, callback);
        }

        /** All generations of the routes share this one. */
        @Override
        public void close(Duration timeout) {}
    };

    private volatile Properties properties = new Properties();

    private static byte[] bytes(String topic, Object value) {
        try (StringSerializer serializer = new StringSerializer()) {
            return serializer.serialize(topic, String.valueOf(value));
        }
    }

    /** What was sent, oldest first. */
    public List<ProducerRecord<Object, Object>> sent() {
        return producer.history();
    }

    /** From now on sending fails with this; null: it succeeds. */
    @SuppressWarnings("NullAway") // MockProducer takes null for success.
    public void fails(@Nullable RuntimeException failure) {
        producer.sendException = failure;
    }

    /** How often sending has failed. */
    public int failures() {
        return failures.get();
    }

    /** How the client was configured. */
    public Properties properties() {
        return properties;
    }

    @Override
    public Producer<?, ?> getProducer(Properties given) {
        properties = given;
        return producer;
    }

    @Override
    public Consumer<?, ?> getConsumer(Properties given) {
        throw new UnsupportedOperationException("nothing is read from Kafka");
    }

    @Override
    public String getBrokers(KafkaConfiguration configuration) {
        return configuration.getBrokers();
    }
}
