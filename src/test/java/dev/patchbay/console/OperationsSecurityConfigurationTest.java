package dev.patchbay.console;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.http.OperationsProperties;
import dev.patchbay.settings.InvalidSettingException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.web.ServerProperties;

class OperationsSecurityConfigurationTest {

    private static final OperationsProperties NOBODY = new OperationsProperties(null, null);
    private static final OperationsProperties SOMEBODY = new OperationsProperties("ops", "secret");

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "::", "2001:db8::1"})
    void offLoopbackItDoesNotStartWithoutALogin(String address) throws UnknownHostException {
        ServerProperties server = boundTo(address);

        assertThatThrownBy(() -> new OperationsSecurityConfiguration(NOBODY, server))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("SERVER_ADDRESS: ")
                .hasMessageContaining("PATCHBAY_OPS_USER and PATCHBAY_OPS_PASSWORD");
        assertThatCode(() -> new OperationsSecurityConfiguration(SOMEBODY, server))
                .doesNotThrowAnyException();
    }

    @Test
    void boundToAnyAddressItDoesNotStartWithoutALogin() {
        assertThatThrownBy(() -> new OperationsSecurityConfiguration(NOBODY, new ServerProperties()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("SERVER_ADDRESS: any address can be reached");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.53", "::1"})
    void onLoopbackItStartsWithoutALogin(String address) throws UnknownHostException {
        ServerProperties server = boundTo(address);

        assertThatCode(() -> new OperationsSecurityConfiguration(NOBODY, server))
                .doesNotThrowAnyException();
    }

    private static ServerProperties boundTo(String address) throws UnknownHostException {
        ServerProperties server = new ServerProperties();
        server.setAddress(InetAddress.getByName(address));
        return server;
    }
}
