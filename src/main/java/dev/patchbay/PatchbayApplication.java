package dev.patchbay;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.mongo.MongoAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts Patchbay: the operations plane by Spring Boot, then the public plane (see {@code http/}). */
@SpringBootApplication(exclude = MongoAutoConfiguration.class) // It would dial localhost by itself; store/ connects.
@ConfigurationPropertiesScan
public class PatchbayApplication {

    public static void main(String[] args) {
        SpringApplication.run(PatchbayApplication.class, args);
    }
}
