/* One try to connect: to each address of the host in turn, until one answers or the time is up. */
#include <string.h>
#include <uv.h>

#include "base/bug.h"
#include "base/mem.h"
#include "os/internal.h"

struct os_probe {
    uv_tcp_t socket;
    uv_timer_t timer;
    uv_connect_t connecting;
    uv_getaddrinfo_t resolving;
    struct addrinfo *addresses, *next;
    struct sockaddr_storage literal;
    uint32_t open_handles; /* the probe is freed when both are closed and the look-up is over */
    bool is_resolving, has_socket, over;
    void (*done)(void *data, bool connected);
    void *data;
    handle_head head; /* not used: the handles free the probe together */
};

static void try_next(os_probe *self);

static void free_when_idle(os_probe *self) {
    if (self->open_handles > 0 || self->is_resolving) return;
    if (self->addresses != NULL) uv_freeaddrinfo(self->addresses);
    mem_free(self);
}

static void part_closed(handle_head *head) {
    os_probe *self = (os_probe *)((char *)head - offsetof(os_probe, head));
    self->open_handles--;
    if (self->over)
        free_when_idle(self);
    else
        try_next(self); /* the socket of a failed address is gone */
}

static void handle_closed(uv_handle_t *handle) { part_closed(handle->data); }

static void finish(os_probe *self, bool connected, bool report) {
    if (self->over) return;
    self->over = true;
    if (self->is_resolving) uv_cancel((uv_req_t *)&self->resolving);
    if (self->has_socket && !uv_is_closing((uv_handle_t *)&self->socket))
        uv_close((uv_handle_t *)&self->socket, handle_closed);
    uv_close((uv_handle_t *)&self->timer, handle_closed);
    if (report) self->done(self->data, connected);
}

static void timed_out(uv_timer_t *timer) {
    finish((os_probe *)((char *)timer - offsetof(os_probe, timer)), false, true);
}

static void connected(uv_connect_t *request, int status) {
    os_probe *self = (os_probe *)((char *)request - offsetof(os_probe, connecting));
    if (self->over) return;
    if (status == 0)
        finish(self, true, true);
    else
        uv_close((uv_handle_t *)&self->socket, handle_closed); /* then try_next */
}

static void connect_to(os_probe *self, const struct sockaddr *address) {
    MUST(uv_tcp_init(self->timer.loop, &self->socket) == 0);
    self->socket.data = &self->head;
    self->has_socket = true;
    self->open_handles++;
    if (uv_tcp_connect(&self->connecting, &self->socket, address, connected) != 0)
        uv_close((uv_handle_t *)&self->socket, handle_closed);
}

static void try_next(os_probe *self) {
    self->has_socket = false;
    if (self->next == NULL) {
        finish(self, false, true);
        return;
    }
    struct addrinfo *address = self->next;
    self->next = address->ai_next;
    connect_to(self, address->ai_addr);
}

static void resolved(uv_getaddrinfo_t *request, int status, struct addrinfo *addresses) {
    os_probe *self = (os_probe *)((char *)request - offsetof(os_probe, resolving));
    self->is_resolving = false;
    self->addresses = self->next = status == 0 ? addresses : NULL;
    if (self->over)
        free_when_idle(self);
    else
        try_next(self);
}

os_probe *os_tcp_probe(os_loop *loop, const char *host, uint16_t port, uint64_t timeout_ms,
                       void (*done)(void *data, bool connected), void *data) {
    os_probe *self = mem_zeroed(1, sizeof *self);
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    char service[8];
    self->done = done;
    self->data = data;
    self->head.free = part_closed;
    MUST(uv_timer_init(loop_uv(loop), &self->timer) == 0);
    self->timer.data = &self->head;
    self->open_handles = 1;
    uv_update_time(loop_uv(loop));
    MUST(uv_timer_start(&self->timer, timed_out, timeout_ms, 0) == 0);
    if (uv_ip4_addr(host, port, (struct sockaddr_in *)&self->literal) == 0 ||
        uv_ip6_addr(host, port, (struct sockaddr_in6 *)&self->literal) == 0) {
        connect_to(self, (const struct sockaddr *)&self->literal);
        return self;
    }
    snprintf(service, sizeof service, "%u", (unsigned)port);
    self->is_resolving =
        uv_getaddrinfo(loop_uv(loop), &self->resolving, resolved, host, service, &hints) == 0;
    if (!self->is_resolving) MUST(uv_timer_start(&self->timer, timed_out, 0, 0) == 0);
    return self;
}

void os_tcp_probe_cancel(os_probe *self) { finish(self, false, false); }
