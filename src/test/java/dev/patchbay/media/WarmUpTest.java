package dev.patchbay.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    private static WarmUp that(String name, List<String> ran, Future<Void> ends) {
        return vertx -> {
            ran.add(name);
            return ends;
        };
    }

    @Test
    void oneThatFailsKeepsNobodyFromStarting() {
        List<String> ran = new ArrayList<>();
        Vertx vertx = Vertx.vertx();
        try {
            Future<Void> all = WarmUp.runAll(
                    List.of(
                            that("slow", ran, Future.failedFuture("15 s are over")),
                            that("next", ran, Future.succeededFuture())),
                    vertx);

            assertThat(all.succeeded()).isTrue();
            assertThat(ran).containsExactly("slow", "next");
        } finally {
            vertx.close();
        }
    }
}
