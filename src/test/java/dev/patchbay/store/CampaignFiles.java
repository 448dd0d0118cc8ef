package dev.patchbay.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;

/** Campaigns from bytes, for tests outside of this package. */
public final class CampaignFiles {

    private CampaignFiles() {}

    /** @return the campaign's id */
    public static String begin(CampaignStore campaigns, byte[] csv, String agentId, Clock clock) throws IOException {
        return String.valueOf(new CampaignImport(campaigns, clock)
                .read(new ByteArrayInputStream(csv), agentId)
                .get("id"));
    }
}
