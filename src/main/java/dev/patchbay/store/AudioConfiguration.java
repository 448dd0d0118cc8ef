package dev.patchbay.store;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.http.PublicOrigin;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hosted audio: in files beside the embedded store, in GridFS with {@code MONGODB_URI}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AudioProperties.class)
public class AudioConfiguration {

    private static final Duration SWEEP_EVERY = Duration.ofMinutes(5);

    @Bean
    AudioStore audioStore(
            MongoDatabase database, StoreProperties store, AudioProperties limits, StoreBackground background) {
        AudioContent content = store.isEmbedded()
                ? new AudioFolder(Path.of(store.dataDir()).resolve("audio"))
                : new AudioBucket(database);
        AudioStore audio = new AudioStore(database, content, limits, Clock.systemUTC());
        background.every(SWEEP_EVERY, audio::sweep);
        return audio;
    }

    @Bean
    HostedAudio hostedAudio(AudioStore store, PublicOrigin origin) {
        return new HostedAudio(store, origin);
    }
}
