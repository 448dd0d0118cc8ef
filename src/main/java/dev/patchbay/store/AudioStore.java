package dev.patchbay.store;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.media.audio.EncodedAudio;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hosted audio: what is known about each piece in the collection {@code audio}, its bytes in {@link AudioContent}. The
 * record is written before the bytes and removed after them, so that no bytes are left that nobody knows of. All methods
 * block: for worker threads only.
 */
public final class AudioStore {

    private static final Logger LOG = LoggerFactory.getLogger(AudioStore.class);
    private static final String EXPIRES_AT = "expires_at";
    private static final String BYTES = "bytes";
    /** Of an id: 128 bits, 22 characters. */
    private static final int ID_BYTES = 16;

    private final MongoCollection<Document> pieces;
    private final AudioContent content;
    private final AudioProperties limits;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    AudioStore(MongoDatabase database, AudioContent content, AudioProperties limits, Clock clock) {
        pieces = database.getCollection(StoreSchema.AUDIO);
        this.content = content;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Keeps a piece for its lifetime.
     *
     * @throws PatchbayException unavailable, when the quota is used up or the bytes cannot be written
     */
    public StoredAudio keep(EncodedAudio audio) {
        requireRoom(audio.bytes().length);
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        StoredAudio stored = new StoredAudio(
                Base64.getUrlEncoder().withoutPadding().encodeToString(id),
                audio.contentType(),
                audio.bytes().length,
                audio.duration(),
                clock.instant().plus(limits.lifetime()).truncatedTo(ChronoUnit.MILLIS)); // as the store keeps times
        pieces.insertOne(document(stored));
        try {
            content.write(stored.id(), audio.bytes());
        } catch (IOException | MongoException e) {
            delete(stored.id());
            throw new PatchbayException(ErrorCategory.UNAVAILABLE, null, "The audio could not be written", e);
        }
        return stored;
    }

    /** The piece of this id; empty when there is none or its time is over. */
    public Optional<StoredAudio> find(String id) {
        return Optional.ofNullable(pieces.find(new Document("_id", id)).first())
                .map(AudioStore::stored)
                .filter(audio -> audio.expiresAt().isAfter(clock.instant()));
    }

    /** The bytes of a piece from this one on. */
    public InputStream open(String id, long from) throws IOException {
        return content.open(id, from);
    }

    /**
     * Makes sure that as many bytes fit, before they are paid for.
     *
     * @throws PatchbayException unavailable
     */
    public void requireRoom(long bytes) {
        if (used() + bytes > limits.quota().toBytes()) {
            sweep();
            if (used() + bytes > limits.quota().toBytes()) {
                throw new PatchbayException(
                        ErrorCategory.UNAVAILABLE,
                        null,
                        "There is no room for more audio: raise PATCHBAY_AUDIO_QUOTA or shorten PATCHBAY_AUDIO_LIFETIME");
            }
        }
    }

    /** Removes what has expired. @return how many */
    public int sweep() {
        List<Document> expired = pieces.find(new Document(EXPIRES_AT, new Document("$lte", Date.from(clock.instant()))))
                .into(new ArrayList<>());
        expired.forEach(piece -> delete(piece.getString("_id")));
        return expired.size();
    }

    private void delete(String id) {
        try {
            content.delete(id);
            pieces.deleteOne(new Document("_id", id));
        } catch (IOException e) {
            LOG.warn("Audio was not deleted: {}", e.getClass().getSimpleName()); // tried again by the next sweep
        }
    }

    private long used() {
        Document sum = pieces.aggregate(List.of(new Document(
                        "$group", new Document("_id", null).append(BYTES, new Document("$sum", "$" + BYTES)))))
                .first();
        return sum != null && sum.get(BYTES) instanceof Number bytes ? bytes.longValue() : 0;
    }

    private static Document document(StoredAudio audio) {
        Document document = new Document("_id", audio.id())
                .append("content_type", audio.contentType())
                .append(BYTES, audio.bytes())
                .append(EXPIRES_AT, Date.from(audio.expiresAt()));
        audio.duration().ifPresent(seconds -> document.append("duration", seconds));
        return document;
    }

    private static StoredAudio stored(Document document) {
        Double duration = document.getDouble("duration");
        Instant expiresAt = document.getDate(EXPIRES_AT).toInstant();
        return new StoredAudio(
                document.getString("_id"),
                document.getString("content_type"),
                document.getLong(BYTES),
                duration == null ? OptionalDouble.empty() : OptionalDouble.of(duration),
                expiresAt);
    }
}
