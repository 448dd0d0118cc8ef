/*
 * The floor of a two-socket media bridge: one epoll loop, no codec, no JSON library, the same bytes on the wire.
 * caller media (216 base64 characters) -> agent user_audio_chunk (856) -> agent audio (856) -> caller media (216).
 * Usage: bare_bridge <port> <agent port>. Errors end the process: it is a yardstick, not a server.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BUFFER = 65536, CALLER_CHARS = 216, AGENT_CHARS = 856, MASK = 0x5a17c3e9 };

typedef struct leg {
    int fd, is_agent, upgraded;
    struct leg *other;
    size_t length;
    char stream_sid[40];
    char buffer[BUFFER];
} leg;

static int epoll, agent_port;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void put(int fd, const void *bytes, size_t length) {
    while (length > 0) {
        ssize_t written = send(fd, bytes, length, MSG_NOSIGNAL);
        if (written < 0) {
            if (errno != EAGAIN) return;
            struct pollfd writable = {fd, POLLOUT, 0};
            poll(&writable, 1, -1);
            continue;
        }
        bytes = (const char *)bytes + written;
        length -= written;
    }
}

static void xor_mask(char *bytes, size_t length, uint32_t wire_key) {
    uint64_t wide = (uint64_t)wire_key << 32 | wire_key, word;
    size_t at = 0;
    for (; at + 8 <= length; at += 8) {
        memcpy(&word, bytes + at, 8);
        word ^= wide;
        memcpy(bytes + at, &word, 8);
    }
    for (; at < length; at++) bytes[at] ^= ((char *)&wire_key)[at & 3];
}

/* A text message; clients mask theirs. */
static void put_text(leg *to, char *text, size_t length) {
    char frame[4096];
    size_t head = 2;
    frame[0] = (char)0x81;
    if (length < 126) {
        frame[1] = (char)length;
    } else {
        frame[1] = 126;
        frame[2] = (char)(length >> 8);
        frame[3] = (char)length;
        head = 4;
    }
    if (to->is_agent) {
        uint32_t key = MASK;
        frame[1] |= (char)0x80;
        memcpy(frame + head, &key, 4);
        head += 4;
        xor_mask(text, length, key);
    }
    memcpy(frame + head, text, length);
    put(to->fd, frame, head + length);
}

static leg *new_leg(int fd, int is_agent) {
    int on = 1;
    leg *made = calloc(1, sizeof *made);
    made->fd = fd;
    made->is_agent = is_agent;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct epoll_event readable = {.events = EPOLLIN, .data.ptr = made};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &readable) < 0) die("epoll_ctl");
    return made;
}

static leg *connect_agent(void) {
    static const char upgrade[] =
        "GET /agent HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==\r\n\r\n";
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(agent_port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) < 0) die("connect");
    leg *agent = new_leg(fd, 1);
    put(fd, upgrade, sizeof upgrade - 1);
    return agent;
}

static void forward(leg *from, char *text, size_t length) {
    char out[2048];
    static const char chunk[] = "{\"user_audio_chunk\":\"";
    if (from->is_agent) {
        char *audio = memmem(text, length, "\"audio_base_64\":\"", 17);
        if (!audio) return;
        int head = sprintf(out, "{\"event\":\"media\",\"streamSid\":\"%s\",\"media\":{\"payload\":\"", from->other->stream_sid);
        memcpy(out + head, audio + 17, CALLER_CHARS);
        memcpy(out + head + CALLER_CHARS, "\"}}", 3);
        put_text(from->other, out, head + CALLER_CHARS + 3);
        return;
    }
    char *payload = memmem(text, length, "\"payload\":\"", 11);
    if (payload) {
        char *to = out + sizeof chunk - 1;
        memcpy(out, chunk, sizeof chunk - 1);
        for (int at = 0; at < AGENT_CHARS; at += CALLER_CHARS)
            memcpy(to + at, payload + 11, AGENT_CHARS - at < CALLER_CHARS ? AGENT_CHARS - at : CALLER_CHARS);
        memcpy(to + AGENT_CHARS, "\"}", 2);
        put_text(from->other, out, sizeof chunk - 1 + AGENT_CHARS + 2);
    } else {
        char *sid = memmem(text, length, "\"streamSid\":\"", 13);
        if (sid) memcpy(from->stream_sid, sid + 13, 34);
    }
}

static size_t frame(leg *from, char *at, size_t length) {
    if (length < 2) return 0;
    size_t head = 2, payload = at[1] & 0x7f;
    int masked = at[1] & 0x80, opcode = at[0] & 0x0f;
    if (payload == 126) {
        if (length < 4) return 0;
        payload = (uint8_t)at[2] << 8 | (uint8_t)at[3];
        head = 4;
    }
    if (masked) head += 4;
    if (length < head + payload) return 0;
    if (masked) {
        uint32_t key;
        memcpy(&key, at + head - 4, 4);
        xor_mask(at + head, payload, key);
    }
    if (opcode == 1) forward(from, at + head, payload);
    if (opcode == 8) return SIZE_MAX;
    return head + payload;
}

static void close_both(leg *one) {
    leg *other = one->other;
    close(one->fd);
    if (other) close(other->fd);
    free(other);
    free(one);
}

/* False when the call is over. */
static int readable(leg *from) {
    ssize_t got = recv(from->fd, from->buffer + from->length, BUFFER - from->length, MSG_DONTWAIT);
    if (got <= 0) return got < 0 && errno == EAGAIN;
    from->length += got;
    size_t used = 0;
    if (!from->upgraded) {
        char *end = memmem(from->buffer, from->length, "\r\n\r\n", 4);
        if (!end) return 1;
        used = end + 4 - from->buffer;
        from->upgraded = 1;
        if (from->is_agent) {
            char initiation[] = "{\"type\":\"conversation_initiation_client_data\"}";
            put_text(from, initiation, sizeof initiation - 1);
        } else {
            /* The generator does not check the accept key: it is set-up, not load. */
            static const char accepted[] =
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: -\r\n\r\n";
            put(from->fd, accepted, sizeof accepted - 1);
            from->other = connect_agent();
            from->other->other = from;
        }
    }
    while (used < from->length) {
        size_t one = frame(from, from->buffer + used, from->length - used);
        if (one == SIZE_MAX) return 0;
        if (one == 0) break;
        used += one;
    }
    memmove(from->buffer, from->buffer + used, from->length - used);
    from->length -= used;
    return 1;
}

int main(int count, char **arguments) {
    if (count != 3) return 2;
    agent_port = atoi(arguments[2]);
    int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(arguments[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 1024) < 0) die("listen");
    epoll = epoll_create1(0);
    struct epoll_event accepting = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &accepting);
    for (;;) {
        struct epoll_event events[256];
        int ready = epoll_wait(epoll, events, 256, -1);
        for (int at = 0; at < ready; at++) {
            leg *from = events[at].data.ptr;
            if (!events[at].events) continue;
            if (!from) {
                int fd = accept(listener, NULL, NULL);
                if (fd >= 0) new_leg(fd, 0);
            } else if (!readable(from)) {
                for (int later = at + 1; later < ready; later++)
                    if (from->other && events[later].data.ptr == from->other) events[later].events = 0;
                close_both(from);
            }
        }
    }
}
