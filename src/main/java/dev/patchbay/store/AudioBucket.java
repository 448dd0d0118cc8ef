package dev.patchbay.store;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.gridfs.GridFSBucket;
import com.mongodb.client.gridfs.GridFSBuckets;
import com.mongodb.client.gridfs.GridFSDownloadStream;
import com.mongodb.client.gridfs.model.GridFSFile;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.bson.BsonString;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Hosted audio in the GridFS bucket {@code audio}: Twilio may fetch it from another gateway than the one that made it. */
final class AudioBucket implements AudioContent {

    private final GridFSBucket bucket;

    AudioBucket(MongoDatabase database) {
        bucket = GridFSBuckets.create(database, StoreSchema.AUDIO);
    }

    @Override
    public void write(String id, byte[] audio) {
        bucket.uploadFromStream(new BsonString(id), id, new ByteArrayInputStream(audio));
    }

    @Override
    public InputStream open(String id, long from) throws IOException {
        if (file(id) == null) {
            throw new FileNotFoundException("no audio of this id");
        }
        GridFSDownloadStream stream = bucket.openDownloadStream(new BsonString(id));
        stream.skip(from); // whole chunks are not read
        return stream;
    }

    @Override
    public void delete(String id) {
        if (file(id) != null) {
            bucket.delete(new BsonString(id));
        }
    }

    private @Nullable GridFSFile file(String id) {
        return bucket.find(new Document("_id", id)).first();
    }
}
