package dev.patchbay.media;

import dev.patchbay.call.MediaFigures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A journal that a test reads. */
final class RecordingJournal implements StreamJournal {

    /** Types of events, and {@code ended}, in order. */
    final List<String> log = new ArrayList<>();

    final Map<String, Map<String, Object>> data = new HashMap<>();
    final List<String> said = new ArrayList<>();
    final List<String> conversations = new ArrayList<>();
    final List<StreamEnd> ends = new ArrayList<>();
    final List<MediaFigures> figures = new ArrayList<>();

    @Override
    public void event(String type, Map<String, Object> details) {
        log.add(type);
        data.put(type, details);
    }

    @Override
    public void conversation(String providerCallId) {
        conversations.add(providerCallId);
    }

    @Override
    public void said(String role, String text) {
        said.add(role + ": " + text);
    }

    @Override
    public void corrected(String original, String corrected) {
        said.add("corrected: " + original + " -> " + corrected);
    }

    @Override
    public void ended(StreamEnd end, MediaFigures counted) {
        log.add("ended");
        ends.add(end);
        figures.add(counted);
    }
}
