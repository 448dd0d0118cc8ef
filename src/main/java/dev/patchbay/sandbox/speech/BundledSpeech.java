package dev.patchbay.sandbox.speech;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;

/** The recordings that come with the sandbox (see {@code sandbox/README.md} beside them). */
public enum BundledSpeech {
    /** 8 kHz: "Hello, this is a test call. Can you hear me?" */
    CALLER("Hello, this is a test call. Can you hear me?"),
    /** 16 kHz: "Hello, you have reached Patchbay. I will repeat what you say." */
    GREETING("Hello, you have reached Patchbay. I will repeat what you say.");

    private final String words;

    BundledSpeech(String words) {
        this.words = words;
    }

    /** By the name of its file, with or without {@code .wav}. */
    public static Optional<BundledSpeech> of(String name) {
        for (BundledSpeech speech : values()) {
            if (name.equals(speech.fileName()) || name.equals(speech.name().toLowerCase(Locale.ROOT))) {
                return Optional.of(speech);
            }
        }
        return Optional.empty();
    }

    /** What is said. */
    public String words() {
        return words;
    }

    public WavFile wav() {
        try (InputStream in = BundledSpeech.class.getResourceAsStream("/sandbox/" + fileName())) {
            if (in == null) {
                throw new IllegalStateException(fileName() + " is missing from the application");
            }
            return WavFile.read(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String fileName() {
        return name().toLowerCase(Locale.ROOT) + ".wav";
    }
}
