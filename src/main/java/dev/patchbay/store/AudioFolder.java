package dev.patchbay.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Hosted audio as files, named by their ids: the embedded store belongs to one gateway, and so does a folder. */
final class AudioFolder implements AudioContent {

    private final Path folder;

    AudioFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public void write(String id, byte[] audio) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve(id), audio);
    }

    @Override
    @SuppressWarnings("StreamResourceLeak") // closed by whoever reads
    public InputStream open(String id, long from) throws IOException {
        SeekableByteChannel file = Files.newByteChannel(folder.resolve(id));
        return Channels.newInputStream(file.position(from));
    }

    @Override
    public void delete(String id) throws IOException {
        Files.deleteIfExists(folder.resolve(id));
    }
}
