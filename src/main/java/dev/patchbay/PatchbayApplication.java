package dev.patchbay;

import dev.patchbay.cli.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.mongo.MongoAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts Patchbay: the operations plane by Spring Boot, then the public plane (see {@code http/}); or runs a command. */
@SpringBootApplication(exclude = MongoAutoConfiguration.class) // It would dial localhost by itself; store/ connects.
@ConfigurationPropertiesScan
public class PatchbayApplication {

    public static void main(String[] args) {
        if (Commands.isMeantBy(args)) {
            System.exit(Commands.run(args));
        }
        SpringApplication.run(PatchbayApplication.class, args);
    }
}
