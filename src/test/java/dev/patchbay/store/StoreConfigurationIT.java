package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import dev.patchbay.PatchbayApplication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.mongo.MongoAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class StoreConfigurationIT {

    @TempDir
    private Path dataDir;

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(StoreConfiguration.class);

    @Test
    void withoutAUriTheEmbeddedStoreRuns() {
        application
                .withPropertyValues("patchbay.store.uri= ", "patchbay.store.data-dir= " + dataDir.resolve("data") + " ")
                .run(context -> {
                    assertThat(context).hasSingleBean(EmbeddedMongo.class).hasBean("mongo");
                    assertThat(context.getBean(StoreHealth.class).isUp()).isTrue();
                    assertThat(context).hasSingleBean(CallStore.class).hasSingleBean(CallContextStore.class);
                    assertThat(dataDir.resolve("data").resolve(StoreFile.NAME)).exists();
                });
    }

    @Test
    void theSchemaIsThereAtStartAndBearsBeingThere() {
        String data = "patchbay.store.data-dir=" + dataDir;
        application.withPropertyValues(data).run(context -> assertThat(context).hasNotFailed());
        application.withPropertyValues(data).run(context -> {
            MongoDatabase database = context.getBean(MongoDatabase.class);
            List<String> names = database.listCollectionNames().into(new ArrayList<>());
            assertThat(names).contains("calls", "call_events", "transcripts", "customers", "agents", "call_context");
        });
    }

    @Test
    void withAUriItIsUsedAsItIs() {
        try (EmbeddedMongo other = new EmbeddedMongo(dataDir)) {
            application
                    .withPropertyValues(
                            "patchbay.store.uri=" + other.uri(),
                            "patchbay.store.database=elsewhere",
                            "patchbay.store.data-dir=" + dataDir.resolve("unused"))
                    .run(context -> {
                        assertThat(context).doesNotHaveBean(EmbeddedMongo.class);
                        assertThat(context.getBean(MongoDatabase.class).getName())
                                .isEqualTo("elsewhere");
                        assertThat(Files.exists(dataDir.resolve("unused"))).isFalse();
                    });
        }
    }

    @Test
    void withoutItsStoreTheApplicationDoesNotStart() {
        String gone;
        try (EmbeddedMongo closed = new EmbeddedMongo(dataDir)) {
            gone = closed.uri();
        }
        application.withPropertyValues("patchbay.store.uri=" + gone).run(context -> assertThat(context)
                .hasFailed());
    }

    @Test
    void springBootsOwnClientIsLeftOut() {
        SpringBootApplication annotation = PatchbayApplication.class.getAnnotation(SpringBootApplication.class);
        assertThat(annotation.exclude()).contains(MongoAutoConfiguration.class);
        application.withPropertyValues("patchbay.store.data-dir=" + dataDir).run(context -> assertThat(context)
                .hasSingleBean(MongoClient.class));
    }
}
