package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreHealthIT {

    @TempDir
    private Path dataDir;

    @Test
    void noticesThatTheStoreHasGone() {
        EmbeddedMongo mongo = new EmbeddedMongo(dataDir);
        String failFast = "/?serverSelectionTimeoutMS=200";
        try (mongo;
                MongoClient client = MongoClients.create(mongo.uri() + failFast);
                StoreBackground background = new StoreBackground()) {
            StoreHealth health = new StoreHealth(client.getDatabase("patchbay"), background);
            assertThat(health.isUp()).isTrue();
            mongo.close();
            await().atMost(Duration.ofSeconds(20)).until(() -> !health.isUp());
        }
    }
}
