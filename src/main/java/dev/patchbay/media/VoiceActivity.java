package dev.patchbay.media;

/** Tells speech from silence in mu-law: enough to notice that nobody speaks any more, not to cut words. */
final class VoiceActivity {

    /** A sample this loud, of 32768 (about -36 dBFS), is more than line noise. */
    private static final int LOUD = 512;
    /** So many of a frame's 40 samples looked at must be loud. */
    private static final int ENOUGH = 6;

    private static final boolean[] IS_LOUD = new boolean[256];

    static {
        for (int code = 0; code < 256; code++) {
            IS_LOUD[code] = Math.abs(dev.patchbay.media.audio.MuLaw.decode((byte) code)) >= LOUD;
        }
    }

    private VoiceActivity() {}

    /** Looks at every fourth sample of a frame. */
    static boolean isSpeech(byte[] mulaw, int length) {
        int loud = 0;
        for (int i = 0; i < length; i += 4) {
            if (IS_LOUD[mulaw[i] & 0xFF]) {
                loud++;
            }
        }
        return loud >= ENOUGH;
    }
}
