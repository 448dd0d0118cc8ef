package dev.patchbay.store;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Function;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;

/**
 * How documents and index keys lie in the file: as BSON. The backend's own way is Java serialization, which costs more
 * than the rest of a write, since a write stores its whole page anew.
 */
final class BsonType<T> extends BasicDataType<T> {

    private static final String VALUES = "v";

    private final Function<T, Document> encode;
    private final Function<Document, T> decode;
    private final T[] none;

    private BsonType(Function<T, Document> encode, Function<Document, T> decode, T[] none) {
        this.encode = encode;
        this.decode = decode;
        this.none = none;
    }

    /** A collection: {@code _id} to document. */
    static MVMap.Builder<Object, Document> documents() {
        return new MVMap.Builder<Object, Document>()
                .keyType(new ObjectDataType())
                .valueType(new BsonType<>(document -> document, document -> document, new Document[0]));
    }

    /** A unique index: key values to {@code _id}. */
    static MVMap.Builder<KeyValue, Object> index() {
        return new MVMap.Builder<KeyValue, Object>()
                .keyType(new BsonType<>(
                        key -> new Document(VALUES, key.stream().toList()),
                        document -> new KeyValue((Collection<?>) document.get(VALUES)),
                        new KeyValue[0]))
                .valueType(new ObjectDataType());
    }

    /**
     * Any total order does for an index; that of texts is the cheap one, as nearly all keys are texts. Texts come before
     * everything else: BSON begins with its length, so that by bytes a short text would come before an ObjectId and a
     * long one after it, whatever the order of the two texts.
     */
    @Override
    public int compare(T a, T b) {
        if (a instanceof KeyValue x && b instanceof KeyValue y && x.size() == 1 && y.size() == 1) {
            boolean text = x.get(0) instanceof String;
            if (text != y.get(0) instanceof String) {
                return text ? -1 : 1;
            }
            if (x.get(0) instanceof String s && y.get(0) instanceof String t) {
                return s.compareTo(t);
            }
        }
        return Arrays.compare(bytes(a), bytes(b));
    }

    /** An estimate in bytes: it decides how much a page and the cache hold. */
    @Override
    public int getMemory(T value) {
        return value instanceof KeyValue ? 128 : bytes(value).length * 2;
    }

    @Override
    public void write(WriteBuffer buffer, T value) {
        buffer.put(bytes(value));
    }

    @Override
    public T read(ByteBuffer buffer) {
        ByteBuf bson = Unpooled.wrappedBuffer(buffer);
        T value = decode.apply(BsonDecoder.decodeBson(bson));
        buffer.position(buffer.position() + bson.readerIndex());
        return value;
    }

    @Override
    public T[] createStorage(int size) {
        return Arrays.copyOf(none, size);
    }

    private byte[] bytes(T value) {
        ByteBuf bson = Unpooled.buffer(512);
        BsonEncoder.encodeDocument(encode.apply(value), bson);
        byte[] bytes = new byte[bson.readableBytes()];
        bson.readBytes(bytes);
        return bytes;
    }
}
