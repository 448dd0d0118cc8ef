package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import dev.patchbay.call.Ids;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.BsonRegularExpression;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.DocumentCodec;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMongoIT {

    @TempDir
    private Path dataDir;

    @Test
    void everyTypeOfValueSurvivesAReopening() {
        Document document = new Document("_id", new ObjectId())
                .append("text", "Grüße 你好")
                .append("int", 1)
                .append("long", 1L << 40)
                .append("double", 0.1)
                .append("decimal", Decimal128.parse("12.50"))
                .append("flag", true)
                .append("nothing", null)
                .append("at", Date.from(Instant.parse("2025-01-02T03:04:05.678Z")))
                .append("bytes", new Binary(new byte[] {0, 1, -1}))
                .append("uuid", new Binary((byte) 4, new byte[16]))
                .append("pattern", new BsonRegularExpression("^a", "i"))
                .append("list", List.of(1, List.of("a"), new Document("b", new Document())));
        open(database -> database.getCollection("things").insertOne(document));
        open(database -> assertThat(database.getCollection("things").find()).containsExactly(document));
    }

    @Test
    void uniqueIndexesHoldForEveryKindOfKeyAlsoAfterAReopening() {
        List<Document> documents = List.of(
                new Document("_id", "text").append("key", "a").append("part", 1),
                new Document("_id", 1).append("key", 1).append("part", 1),
                new Document("_id", new ObjectId()).append("key", new Document("x", 1)),
                new Document("_id", 2L).append("key", Date.from(Instant.EPOCH)),
                new Document("_id", true).append("part", 7),
                new Document("_id", new Document("y", 1)).append("key", null).append("part", 8));
        open(database -> {
            MongoCollection<Document> things = database.getCollection("things");
            things.createIndex(Indexes.ascending("key", "part"), new IndexOptions().unique(true));
            things.insertMany(documents);
        });
        open(database -> {
            MongoCollection<Document> things = database.getCollection("things");
            for (Document document : documents) {
                assertThat(things.find(new Document("_id", document.get("_id"))).first())
                        .isEqualTo(document);
                Document copy = new Document(document).append("_id", new ObjectId());
                assertThatThrownBy(() -> things.insertOne(copy)).isInstanceOf(MongoWriteException.class);
            }
            assertThat(things.countDocuments()).isEqualTo(documents.size());
        });
    }

    @Test
    void anIdIsUsedInOrderAndTogetherWithOtherFields() {
        open(database -> {
            MongoCollection<Document> things = database.getCollection("things");
            things.insertMany(IntStream.range(0, 200)
                    .mapToObj(i -> new Document("_id", "%03d".formatted(i)).append("even", i % 2 == 0))
                    .toList());
            things.insertOne(new Document("_id", new ObjectId()));
            Document between = new Document("_id", new Document("$gt", "010").append("$lte", "014"));
            assertThat(ids(things.find(between))).containsExactly("011", "012", "013", "014");
            assertThat(ids(things.find(between)
                            .sort(Sorts.descending("_id"))
                            .skip(1)
                            .limit(2)))
                    .containsExactly("013", "012");
            assertThat(ids(things.find(new Document(between).append("even", true))))
                    .containsExactly("012", "014");
            assertThat(ids(things.find(new Document("_id", "012").append("even", false))))
                    .isEmpty();
            assertThat(ids(things.find(new Document("_id", new Document("$gte", "198").append("$lt", "zzz")))))
                    .containsExactly("198", "199");
            assertThat(things.updateOne(
                                    new Document("_id", "012").append("even", true),
                                    new Document("$set", new Document("even", null)))
                            .getModifiedCount())
                    .isEqualTo(1);
            assertThat(things.deleteMany(between).getDeletedCount()).isEqualTo(4);
            assertThat(things.countDocuments()).isEqualTo(197);
        });
    }

    @Test
    void moreThanOneReplyCanHoldIsReadInSeveral() {
        open(database -> {
            MongoCollection<Document> things = database.getCollection("things");
            String filling = "x".repeat(100_000);
            for (int i = 0; i < 500; i += 50) {
                things.insertMany(IntStream.range(i, i + 50)
                        .mapToObj(id -> new Document("_id", id).append("filling", filling))
                        .toList());
            }
            assertThat(ids(things.find())).hasSize(500);
            assertThat(ids(things.find().limit(300))).hasSize(300);
        });
    }

    @Test
    void insertsBeforeTheOneThatFailedAreKept() {
        open(database -> {
            List<Document> documents = Stream.of("a", "b", "a", "c")
                    .map(id -> new Document("_id", id))
                    .toList();
            assertThatThrownBy(() -> database.getCollection("things").insertMany(documents))
                    .isInstanceOf(com.mongodb.MongoBulkWriteException.class);
        });
        open(database ->
                assertThat(ids(database.getCollection("things").find())).containsExactly("a", "b"));
    }

    @Test
    void aSecondProcessIsToldWhichSettingToChange() {
        open(database -> assertThatThrownBy(() -> new EmbeddedMongo(dataDir))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("PATCHBAY_DATA_DIR")
                .hasMessageContaining(dataDir.toString())
                .hasMessageContaining("in use"));
    }

    @Test
    void aFileThatIsNotAStoreIsNamed() throws IOException {
        Files.write(dataDir.resolve(StoreFile.NAME), new byte[16_384]);
        assertThatThrownBy(() -> new EmbeddedMongo(dataDir))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("PATCHBAY_DATA_DIR");
    }

    @Test
    void onlyThisMachineReachesIt() throws IOException {
        try (EmbeddedMongo mongo = new EmbeddedMongo(dataDir)) {
            String host = URI.create(mongo.uri()).getHost();
            assertThat(InetAddress.getByName(host).isLoopbackAddress()).isTrue();
        }
    }

    @Test
    void theFileStaysInProportionToItsData() {
        open(database -> {
            MongoCollection<Document> events = database.getCollection("call_events");
            List<String> active = Stream.generate(Ids::next).limit(50).toList();
            long live = 0;
            for (int i = 0; i < 8_000; i++) {
                String call = active.get(i * 31 % active.size());
                Document event = new Document("_id", CallKeys.next(call))
                        .append("call_id", call)
                        .append("at", new Date(i))
                        .append("data", new Document("nonce", UUID.randomUUID().toString()));
                events.insertOne(event);
                live += new RawBsonDocument(event, new DocumentCodec())
                        .getByteBuffer()
                        .remaining();
            }
            long limit = Math.max(4 * live, 2 << 20);
            await().untilAsserted(() ->
                    assertThat(Files.size(dataDir.resolve(StoreFile.NAME))).isLessThan(limit));
        });
    }

    private void open(Consumer<MongoDatabase> work) {
        try (EmbeddedMongo mongo = new EmbeddedMongo(dataDir);
                MongoClient client = MongoClients.create(mongo.uri())) {
            work.accept(client.getDatabase("patchbay"));
        }
    }

    private static List<Object> ids(Iterable<Document> documents) {
        List<Object> ids = new ArrayList<>();
        documents.forEach(document -> ids.add(document.get("_id")));
        return ids;
    }
}
