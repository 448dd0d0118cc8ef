package dev.patchbay.console;

import dev.patchbay.http.OperationsProperties;
import dev.patchbay.settings.InvalidSettingException;
import java.net.InetAddress;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;

/**
 * Guards the operations plane. Bound to loopback and without a user it is open to people at this machine; with user and
 * password everything needs HTTP basic; bound elsewhere without them it does not start. Pages of other origins are kept
 * out either way ({@link SameOriginFilter}), in place of CSRF tokens, which curl and hawtio could not send.
 */
@Configuration(proxyBeanMethods = false)
public class OperationsSecurityConfiguration {

    private final OperationsProperties operations;

    /**
     * @throws InvalidSettingException when the plane could be reached from elsewhere and nobody were asked who they are
     */
    public OperationsSecurityConfiguration(OperationsProperties operations, ServerProperties server) {
        this.operations = operations;
        InetAddress address = server.getAddress();
        if (operations.user() == null && (address == null || !address.isLoopbackAddress())) {
            throw new InvalidSettingException(
                    "SERVER_ADDRESS",
                    (address == null ? "any address" : address.getHostAddress())
                            + " can be reached from other machines, so PATCHBAY_OPS_USER and PATCHBAY_OPS_PASSWORD must be set");
        }
    }

    @Bean
    SecurityFilterChain operationsGuard(HttpSecurity http) throws Exception {
        http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(new SameOriginFilter(), SecurityContextHolderFilter.class);
        String user = operations.user();
        String password = operations.password();
        if (user == null || password == null) {
            return http.addFilterBefore(new LocalHostFilter(), SameOriginFilter.class)
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }
        return http.authenticationProvider(new OperationsLogin(user, password))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .httpBasic(Customizer.withDefaults())
                .build();
    }
}
