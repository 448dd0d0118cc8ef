package dev.patchbay.media;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A caller who writes down what is played, and whose socket is full when a test says so. */
final class RecordingCaller implements CallerLeg {

    final List<Integer> sizes = new ArrayList<>();
    final List<String> marks = new ArrayList<>();
    /** Everything in order: {@code audio <bytes>}, {@code mark <name>}, {@code clear}, {@code close}. */
    final List<String> log = new ArrayList<>();

    boolean full;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    byte[] heard() {
        return heard.toByteArray();
    }

    @Override
    public void sendAudio(byte[] mulaw, int length) {
        heard.write(mulaw, 0, length);
        sizes.add(length);
        log.add("audio " + length);
    }

    @Override
    public void sendMark(String name) {
        marks.add(name);
        log.add("mark " + name);
    }

    @Override
    public void sendClear() {
        log.add("clear");
    }

    @Override
    public boolean writeQueueFull() {
        return full;
    }

    @Override
    public void close() {
        log.add("close");
    }
}
