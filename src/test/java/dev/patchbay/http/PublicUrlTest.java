package dev.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.error.PatchbayException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://your-server.com/twiml/voice.xml",
                "http://your-server.com:8080/twiml?x=1&y=%20",
                "HTTPS://8.8.8.8/voice",
                "https://172.32.0.1/",
                "https://[2606:4700::1111]/voice",
                "https://10.example.com/",
                "https://localhost.example.com/",
            })
    void whatTheInternetCanReach(String url) {
        assertThat(PublicUrl.parse("twiml_url", url)).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://your-server.com/voice.xml",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "your-server.com/voice.xml",
                "//your-server.com/voice.xml",
                "https:///voice.xml",
                "not a url",
                "https://user:secret@your-server.com/",
                "https://user@your-server.com/",
                "http://localhost/",
                "http://LOCALHOST:8080/",
                "http://localhost./",
                "http://api.localhost/",
                "http://127.0.0.1/",
                "http://127.1/",
                "http://2130706433/",
                "http://0x7f000001/",
                "http://0177.0.0.1/",
                "http://10.1.2.3/",
                "http://100.64.0.1/",
                "http://169.254.169.254/latest/meta-data",
                "http://172.16.0.1/",
                "http://172.31.255.255/",
                "http://192.168.1.1/",
                "http://0.0.0.0/",
                "http://255.255.255.255/",
                "http://[::1]/",
                "http://[::ffff:10.0.0.1]/",
                "http://[fe80::1]/",
                "http://[fd00::1]/",
                "http://[2002:7f00:1::]/",
            })
    void whatItCannotOrMustNot(String url) {
        assertThatThrownBy(() -> PublicUrl.parse("twiml_url", url))
                .isInstanceOf(PatchbayException.class)
                .hasMessageStartingWith("twiml_url ")
                .message()
                .doesNotContain("secret");
    }
}
