package dev.patchbay.store;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.patchbay.call.CallEvents;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * The store's beans: a MongoDB client named {@code mongo} (routes use it too: {@code mongodb:mongo?...}) on the MongoDB of
 * {@code MONGODB_URI} or else on an {@link EmbeddedMongo}, and one store per collection. The application does not start
 * without its store.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StoreProperties.class)
public class StoreConfiguration {

    private static final int CONNECT_SECONDS = 3;
    private static final int READ_SECONDS = 30;
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(5);

    @Bean(destroyMethod = "close")
    @Conditional(WithoutUri.class)
    EmbeddedMongo embeddedMongo(StoreProperties properties) {
        return new EmbeddedMongo(Path.of(properties.dataDir()));
    }

    @Bean(name = "mongo", destroyMethod = "close")
    MongoClient mongo(StoreProperties properties, ObjectProvider<EmbeddedMongo> embedded) {
        EmbeddedMongo own = embedded.getIfAvailable();
        // Ours come first: what the connection string says about time-outs overrides them.
        return MongoClients.create(MongoClientSettings.builder()
                .applicationName("patchbay")
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(CONNECT_SECONDS, TimeUnit.SECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                        .readTimeout(READ_SECONDS, TimeUnit.SECONDS))
                .applyConnectionString(new ConnectionString(own == null ? properties.uri() : own.uri()))
                .build());
    }

    @Bean
    MongoDatabase mongoDatabase(MongoClient mongo, StoreProperties properties) {
        MongoDatabase database = mongo.getDatabase(properties.database());
        StoreSchema.create(database);
        return database;
    }

    @Bean
    CallEvents callEvents() {
        return new CallEvents();
    }

    @Bean
    CallStore callStore(MongoDatabase database, CallEvents callEvents) {
        return new CallStore(database, callEvents);
    }

    @Bean
    CallEventStore callEventStore(MongoDatabase database, CallEvents callEvents) {
        return new CallEventStore(database, callEvents);
    }

    @Bean
    TranscriptStore transcriptStore(MongoDatabase database) {
        return new TranscriptStore(database);
    }

    @Bean
    CustomerStore customerStore(MongoDatabase database) {
        return new CustomerStore(database);
    }

    @Bean
    AgentStore agentStore(MongoDatabase database) {
        return new AgentStore(database);
    }

    @Bean
    SessionStore sessionStore(MongoDatabase database) {
        return new SessionStore(database);
    }

    @Bean
    MessageStore messageStore(MongoDatabase database) {
        return new MessageStore(database);
    }

    @Bean
    AlertStore alertStore(MongoDatabase database) {
        return new AlertStore(database);
    }

    /** Calls that the recipe call-summary has still to sum up. */
    @Bean
    DueList callSummariesDue(MongoDatabase database) {
        return new DueList(database, "call_summaries_due");
    }

    @Bean
    CampaignStore campaignStore(MongoDatabase database) {
        return new CampaignStore(database);
    }

    @Bean
    DoNotCallStore doNotCallStore(MongoDatabase database) {
        return new DoNotCallStore(database);
    }

    @Bean
    RecordingStore recordingStore(MongoDatabase database) {
        return new RecordingStore(database);
    }

    @Bean
    CallContextStore callContextStore(MongoDatabase database, StoreBackground background) {
        CallContextStore contexts = new CallContextStore(database, Clock.systemUTC());
        background.every(SWEEP_EVERY, contexts::sweep);
        return contexts;
    }

    @Bean
    Deliveries deliveries(MongoDatabase database, StoreBackground background) {
        Deliveries deliveries = new Deliveries(database, Clock.systemUTC());
        background.every(SWEEP_EVERY, deliveries::sweep);
        return deliveries;
    }

    @Bean
    IdempotencyStore idempotencyStore(MongoDatabase database, StoreBackground background) {
        IdempotencyStore requests = new IdempotencyStore(database, Clock.systemUTC());
        background.every(SWEEP_EVERY, requests::sweep);
        return requests;
    }

    @Bean
    StoreHealth storeHealth(MongoDatabase database, StoreBackground background) {
        return new StoreHealth(database, background);
    }

    @Bean(destroyMethod = "close")
    StoreBackground storeBackground() {
        return new StoreBackground();
    }

    /** Whether the embedded store is wanted. */
    static final class WithoutUri implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !StringUtils.hasText(context.getEnvironment().getProperty("patchbay.store.uri"));
        }
    }
}
