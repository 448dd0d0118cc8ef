package dev.patchbay;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Patchbay: the operations plane by Spring Boot, then the public plane (see {@code http/}). */
@SpringBootApplication
public class PatchbayApplication {

    public static void main(String[] args) {
        SpringApplication.run(PatchbayApplication.class, args);
    }
}
