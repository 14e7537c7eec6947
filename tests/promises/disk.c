/* Stands between a process and its disk: preloaded (LD_PRELOAD), it counts what is written, synced and sent, and at
 * a chosen moment kills the process, cuts the power or lets the disk fail.
 *
 * While it watches a folder it keeps, in a second one, each file as a disk holds it that loses whatever was not
 * synced. A cut of the power keeps some of the unsynced writes by chance, as a disk may write in any order. A new name
 * is kept at once: what becomes of names that were not synced is tried by steps.c.
 * Shared memory (-shm) is left alone: it never outlives the power. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum action { KILL, POWER, FAIL };

struct change { /* `size` bytes at `at`, or, without bytes, a new length */
    struct change *next;
    char *name;
    char *bytes;
    size_t size;
    off_t at;
};

static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static char folder[PATH_MAX], durable[PATH_MAX];
static struct change *first, **last = &first;
static enum action action;
static int error, percent_kept, is_on;
static unsigned chance;
static long events, moment, unsynced_sends;

static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int), (*real_fdatasync)(int);
static int (*real_rename)(const char *, const char *);
static ssize_t (*real_send)(int, const void *, size_t, int);

__attribute__((constructor)) static void find_real(void) {
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_rename = dlsym(RTLD_NEXT, "rename");
    real_send = dlsym(RTLD_NEXT, "send");
}

void disk_watch(const char *watched, const char *kept, long when, int what, int errno_given, int percent, unsigned seed) {
    snprintf(folder, sizeof folder, "%s/", watched);
    snprintf(durable, sizeof durable, "%s/", kept);
    moment = when, action = what, error = errno_given, percent_kept = percent, chance = seed;
    events = unsynced_sends = 0;
    is_on = 1;
}

long disk_events(void) { return events; }
long disk_unsynced_sends(void) { return unsynced_sends; }
void disk_rest(void) { is_on = 0; }

/* Gives the file's name if it lies in the watched folder and is kept by the disk, else NULL. */
static char *watched_name(int fd, char *buffer) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, buffer, PATH_MAX - 1);
    if (length < 0) return NULL;
    buffer[length] = 0;
    size_t prefix = strlen(folder);
    if (strncmp(buffer, folder, prefix) || strchr(buffer + prefix, '/')) return NULL;
    const char *end = strrchr(buffer, '-');
    if (!strstr(buffer + prefix, "sqlite3") || (end && !strcmp(end, "-shm"))) return NULL;
    return buffer + prefix;
}

static void note(const char *name, const void *bytes, size_t size, off_t at) {
    struct change *made = calloc(1, sizeof *made);
    made->name = strdup(name), made->size = size, made->at = at;
    if (bytes) made->bytes = memcpy(malloc(size ? size : 1), bytes, size);
    *last = made, last = &made->next;
}

static void apply(const struct change *made) {
    char path[2 * PATH_MAX];
    snprintf(path, sizeof path, "%s%s", durable, made->name);
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) abort();
    int failed = made->bytes ? real_pwrite(fd, made->bytes, made->size, made->at) != (ssize_t)made->size
                             : real_ftruncate(fd, made->at);
    if (failed || close(fd)) abort();
}

static void sync_file(const char *name) {
    struct change **place = &first;
    while (*place) {
        struct change *made = *place;
        if (strcmp(made->name, name)) {
            place = &made->next;
            continue;
        }
        apply(made);
        *place = made->next;
        free(made->name), free(made->bytes), free(made);
    }
    last = place;
}

static void die(void) {
    if (action == POWER)
        for (const struct change *made = first; made; made = made->next)
            if ((int)(rand_r(&chance) % 100) < percent_kept) apply(made);
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* Counts an event; true where it is the moment. From its moment on a failing disk fails for good. */
static int is_moment(void) {
    events++;
    return moment && (events == moment || (action == FAIL && events > moment));
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off_t at) {
    char buffer[PATH_MAX], *name = is_on ? watched_name(fd, buffer) : NULL;
    if (!name) return real_pwrite(fd, bytes, size, at);
    pthread_mutex_lock(&guard);
    int now = is_moment();
    if (now && action == FAIL) {
        pthread_mutex_unlock(&guard);
        errno = error;
        return -1;
    }
    if (now) size /= 2;
    ssize_t written = real_pwrite(fd, bytes, size, at);
    if (written > 0) note(name, bytes, written, at);
    if (now) die();
    pthread_mutex_unlock(&guard);
    return written;
}

int ftruncate64(int fd, off_t length) {
    char buffer[PATH_MAX], *name = is_on ? watched_name(fd, buffer) : NULL;
    if (!name) return real_ftruncate(fd, length);
    pthread_mutex_lock(&guard);
    if (is_moment() && action != FAIL) die();
    int told = real_ftruncate(fd, length);
    if (!told) note(name, NULL, 0, length);
    pthread_mutex_unlock(&guard);
    return told;
}

/* What is synced is not really waited for: the copy in the second folder is the disk. */
static int sync_watched(int fd, int (*real)(int)) {
    char buffer[PATH_MAX], *name = is_on ? watched_name(fd, buffer) : NULL;
    if (!name) return real(fd);
    pthread_mutex_lock(&guard);
    int now = is_moment();
    if (now && action != FAIL) die();
    if (!now) sync_file(name);
    pthread_mutex_unlock(&guard);
    if (now) errno = error;
    return now ? -1 : 0;
}

/* Gives the name of a path that lies in the watched folder itself, else NULL. */
static const char *name_in_folder(const char *path) {
    size_t prefix = strlen(folder);
    return is_on && !strncmp(path, folder, prefix) && !strchr(path + prefix, '/') ? path + prefix : NULL;
}

int rename(const char *from, const char *to) {
    const char *old = name_in_folder(from), *new = name_in_folder(to);
    int told = real_rename(from, to);
    if (told || !old || !new) return told;
    pthread_mutex_lock(&guard);
    char old_path[2 * PATH_MAX], new_path[2 * PATH_MAX];
    snprintf(old_path, sizeof old_path, "%s%s", durable, old);
    snprintf(new_path, sizeof new_path, "%s%s", durable, new);
    if (real_rename(old_path, new_path) && errno != ENOENT) abort();
    for (struct change *made = first; made; made = made->next)
        if (!strcmp(made->name, old)) free(made->name), made->name = strdup(new);
    pthread_mutex_unlock(&guard);
    return told;
}

int fsync(int fd) { return sync_watched(fd, real_fsync); }
int fdatasync(int fd) { return sync_watched(fd, real_fdatasync); }

ssize_t send(int fd, const void *bytes, size_t size, int flags) {
    struct sockaddr_storage peer;
    socklen_t length = sizeof peer;
    if (!is_on || getpeername(fd, (struct sockaddr *)&peer, &length) || peer.ss_family == AF_UNIX)
        return real_send(fd, bytes, size, flags);
    pthread_mutex_lock(&guard);
    if (first) unsynced_sends++;
    if (is_moment() && action != FAIL) die();
    pthread_mutex_unlock(&guard);
    return real_send(fd, bytes, size, flags);
}
