package dev.patchbay.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/**
 * The one login of the operations plane, from the environment. It compares in constant time instead of hashing slowly:
 * the password stands in our memory anyway, and hawtio and Prometheus log in with every request, beside live calls.
 */
final class OperationsLogin implements AuthenticationProvider {

    private final byte[] user;
    private final byte[] password;

    OperationsLogin(String user, String password) {
        this.user = user.getBytes(UTF_8);
        this.password = password.getBytes(UTF_8);
    }

    @Override
    public Authentication authenticate(Authentication given) {
        boolean sameUser = MessageDigest.isEqual(user, bytes(given.getPrincipal()));
        boolean samePassword = MessageDigest.isEqual(password, bytes(given.getCredentials()));
        if (!(sameUser & samePassword)) {
            throw new BadCredentialsException("wrong user or password");
        }
        return UsernamePasswordAuthenticationToken.authenticated(given.getName(), null, List.of());
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }

    private static byte[] bytes(@Nullable Object text) {
        return String.valueOf(text).getBytes(UTF_8);
    }
}
