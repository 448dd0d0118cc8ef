package dev.patchbay.provider;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientResponse;
import java.io.InputStream;

/**
 * An answer whose body comes as it is read.
 *
 * @param answer status and headers; its body too when it is an error
 * @param body empty when the answer is an error; to be closed
 */
public record ProviderStream(ProviderAnswer answer, InputStream body) {

    static Future<ProviderStream> of(String provider, HttpClientResponse response) {
        if (response.statusCode() >= 300) {
            return ProviderExchange.whole(provider, response)
                    .map(answer -> new ProviderStream(answer, InputStream.nullInputStream()));
        }
        ProviderAnswer head =
                new ProviderAnswer(provider, response.statusCode(), ProviderExchange.headers(response), new byte[0]);
        return Future.succeededFuture(new ProviderStream(head, new ProviderDownload(provider, response)));
    }
}
