package dev.patchbay.store;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.util.FileSystemUtils;

/** Gives each test that asks for a {@link MongoDatabase} an empty one, with its schema, on one embedded store. */
public final class EmbeddedDatabase implements ParameterResolver {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == MongoDatabase.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Server server = context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(Server.class, type -> Server.start(), Server.class);
        MongoDatabase database = server.client().getDatabase("test" + DATABASES.incrementAndGet());
        StoreSchema.create(database);
        return database;
    }

    private record Server(Path dataDir, EmbeddedMongo mongo, MongoClient client)
            implements ExtensionContext.Store.CloseableResource {

        static Server start() {
            try {
                Path dataDir = Files.createTempDirectory("patchbay-store");
                EmbeddedMongo mongo = new EmbeddedMongo(dataDir);
                return new Server(dataDir, mongo, MongoClients.create(mongo.uri()));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException {
            client.close();
            mongo.close();
            FileSystemUtils.deleteRecursively(dataDir);
        }
    }
}
