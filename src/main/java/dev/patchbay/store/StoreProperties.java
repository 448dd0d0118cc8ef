package dev.patchbay.store;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the data is; values are trimmed, and blank is unset.
 *
 * @param uri {@code MONGODB_URI}, a MongoDB connection string; unset = the embedded store
 * @param dataDir {@code PATCHBAY_DATA_DIR}, the embedded store's directory; {@code ./data}
 * @param database the database's name; {@code patchbay}
 */
@ConfigurationProperties("patchbay.store")
public record StoreProperties(
        @DefaultValue("") String uri,
        @DefaultValue("./data") String dataDir,
        @DefaultValue("patchbay") String database) {

    public StoreProperties {
        uri = uri.trim();
        dataDir = dataDir.isBlank() ? "./data" : dataDir.trim();
        database = database.isBlank() ? "patchbay" : database.trim();
    }

    boolean isEmbedded() {
        return uri.isEmpty();
    }
}
