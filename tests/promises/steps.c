/* Stands between a process and its file system (LD_PRELOAD): it counts each step that changes anything there (a file
 * made, written, cut, synced, renamed, linked or removed, a folder made or removed) and kills the process at a chosen
 * one, before it takes effect; of what is written half arrives.
 *
 * While it watches a folder it keeps in a second one what a disk is sure to have: each file as it was last synced
 * (`objects/NUMBER`, by the file's own number) and each folder's names as they were last synced (`names/NUMBER`).
 * Nothing is really waited for. Shared memory (-shm) is left alone: it never outlives the power. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static char folder[PATH_MAX], durable[PATH_MAX], trace[PATH_MAX];
static int is_on;
static long events, moment;

#define REAL(result, name, ...) static result (*real_##name)(__VA_ARGS__)
REAL(ssize_t, write, int, const void *, size_t);
REAL(ssize_t, pwrite64, int, const void *, size_t, off_t);
REAL(ssize_t, sendfile64, int, int, off_t *, size_t);
REAL(int, ftruncate64, int, off_t);
REAL(int, fsync, int);
REAL(int, fdatasync, int);
REAL(int, open64, const char *, int, ...);
REAL(int, openat64, int, const char *, int, ...);
REAL(int, renameat, int, const char *, int, const char *);
REAL(int, linkat, int, const char *, int, const char *, int);
REAL(int, unlinkat, int, const char *, int);
REAL(int, mkdirat, int, const char *, mode_t);

__attribute__((constructor)) static void find_real(void) {
#define FIND(name) real_##name = dlsym(RTLD_NEXT, #name)
    FIND(write), FIND(pwrite64), FIND(sendfile64), FIND(ftruncate64), FIND(fsync), FIND(fdatasync), FIND(open64);
    FIND(openat64), FIND(renameat), FIND(linkat), FIND(unlinkat), FIND(mkdirat);
}

void disk_watch(const char *watched, const char *kept, long when, int what, int errno_given, int percent, unsigned seed) {
    (void)what, (void)errno_given, (void)percent, (void)seed;
    snprintf(folder, sizeof folder, "%s", watched);
    snprintf(durable, sizeof durable, "%s", kept);
    snprintf(trace, sizeof trace, "%s/trace", kept);
    moment = when, events = 0, is_on = 1;
}

long disk_events(void) { return events; }
long disk_unsynced_sends(void) { return 0; }
void disk_rest(void) { is_on = 0; }

static int is_watched(const char *path) {
    size_t length = strlen(folder), end = strlen(path);
    if (strncmp(path, folder, length) || (path[length] && path[length] != '/')) return 0;
    return end < 4 || strcmp(path + end - 4, "-shm");
}

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return 1;
}

static int watches_fd(int fd, char *path) { return is_on && path_of(fd, path) && is_watched(path); }

static int watches_name(int at, const char *name, char *path) {
    if (!is_on) return 0;
    if (name[0] == '/' || at == AT_FDCWD) {
        snprintf(path, PATH_MAX, "%s", name);
    } else {
        char base[PATH_MAX];
        if (!path_of(at, base)) return 0;
        if (snprintf(path, PATH_MAX, "%s/%s", base, name) >= PATH_MAX) return 0;
    }
    return is_watched(path);
}

/* Counts a step. Undisturbed, each one is written down; else the one where the harm was done. */
static int is_moment(const char *what, const char *path) {
    events++;
    if (moment && moment != events) return 0;
    int fd = real_open64(trace, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0 || dprintf(fd, "%s %s\n", what, path + strlen(folder)) < 0) abort();
    close(fd);
    return moment != 0;
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

static void step(const char *what, const char *path) {
    pthread_mutex_lock(&guard);
    if (is_moment(what, path)) die();
    pthread_mutex_unlock(&guard);
}

static int kept(const char *kind, ino_t number, int flags) {
    char path[PATH_MAX + 64];
    snprintf(path, sizeof path, "%s/%s/%lu", durable, kind, (unsigned long)number);
    return real_open64(path, O_WRONLY | flags | O_CLOEXEC, 0600);
}

static void forget(ino_t number) {
    char path[PATH_MAX + 64];
    snprintf(path, sizeof path, "%s/objects/%lu", durable, (unsigned long)number);
    real_unlinkat(AT_FDCWD, path, 0);
}

static void keep_file(int fd, ino_t number) {
    char bytes[65536];
    ssize_t size;
    off_t at = 0;
    int to = kept("objects", number, O_CREAT | O_TRUNC), from = fd;
    if ((fcntl(fd, F_GETFL) & O_ACCMODE) == O_WRONLY) { /* else not opened anew: closing would give up its locks */
        snprintf(bytes, sizeof bytes, "/proc/self/fd/%d", fd);
        from = real_open64(bytes, O_RDONLY | O_CLOEXEC);
    }
    if (to < 0 || from < 0) abort();
    while ((size = pread(from, bytes, sizeof bytes, at)) > 0) {
        if (real_write(to, bytes, size) != size) abort();
        at += size;
    }
    close(to);
    if (from != fd) close(from);
}

static void keep_names(int fd, ino_t number) {
    int again = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), to = kept("names", number, O_CREAT | O_TRUNC);
    DIR *listed = again < 0 ? NULL : fdopendir(again);
    if (!listed || to < 0) abort();
    for (struct dirent *entry; (entry = readdir(listed));)
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
            dprintf(to, "%lu %s\n", (unsigned long)entry->d_ino, entry->d_name);
    closedir(listed);
    close(to);
}

static int synced(int fd, int (*real)(int)) {
    char path[PATH_MAX];
    struct stat facts;
    if (!watches_fd(fd, path)) return real(fd);
    step("sync", path);
    if (fstat(fd, &facts)) return -1;
    pthread_mutex_lock(&guard);
    if (S_ISDIR(facts.st_mode)) keep_names(fd, facts.st_ino);
    else keep_file(fd, facts.st_ino);
    pthread_mutex_unlock(&guard);
    return 0;
}

int fsync(int fd) { return synced(fd, real_fsync); }
int fdatasync(int fd) { return synced(fd, real_fdatasync); }

ssize_t write(int fd, const void *bytes, size_t size) {
    char path[PATH_MAX];
    if (!watches_fd(fd, path)) return real_write(fd, bytes, size);
    pthread_mutex_lock(&guard);
    if (is_moment("write", path)) {
        (void)!real_write(fd, bytes, size / 2);
        die();
    }
    pthread_mutex_unlock(&guard);
    return real_write(fd, bytes, size);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off_t at) {
    char path[PATH_MAX];
    if (!watches_fd(fd, path)) return real_pwrite64(fd, bytes, size, at);
    pthread_mutex_lock(&guard);
    if (is_moment("write", path)) {
        (void)!real_pwrite64(fd, bytes, size / 2, at);
        die();
    }
    pthread_mutex_unlock(&guard);
    return real_pwrite64(fd, bytes, size, at);
}

ssize_t sendfile64(int out, int in, off_t *at, size_t size) {
    char path[PATH_MAX];
    if (watches_fd(out, path)) step("copy", path);
    return real_sendfile64(out, in, at, size);
}

int ftruncate64(int fd, off_t length) {
    char path[PATH_MAX];
    if (watches_fd(fd, path)) step("cut", path);
    return real_ftruncate64(fd, length);
}

static int opened(int at, const char *name, int flags, mode_t mode) {
    char path[PATH_MAX];
    struct stat facts;
    int is_new = flags & O_CREAT && watches_name(at, name, path) && lstat(path, &facts);
    if (is_new) step("make", path);
    int fd = real_openat64(at, name, flags, mode);
    if (is_new && fd >= 0 && !fstat(fd, &facts)) forget(facts.st_ino);
    return fd;
}

int open64(const char *name, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0;
    va_end(more);
    return opened(AT_FDCWD, name, flags, mode);
}

int openat64(int at, const char *name, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0;
    va_end(more);
    return opened(at, name, flags, mode);
}

/* Keeps the number of a file that loses a name from being given to another one: the disk may still have the name. */
static void pin(const char *path) { (void)!real_open64(path, O_PATH | O_NOFOLLOW | O_CLOEXEC); }

int renameat(int from_at, const char *from, int to_at, const char *to) {
    char path[PATH_MAX];
    if (watches_name(to_at, to, path)) pin(path);
    if (watches_name(from_at, from, path)) step("rename", path);
    return real_renameat(from_at, from, to_at, to);
}

int linkat(int from_at, const char *from, int to_at, const char *to, int flags) {
    char path[PATH_MAX];
    if (watches_name(to_at, to, path)) step("link", path);
    return real_linkat(from_at, from, to_at, to, flags);
}

int unlinkat(int at, const char *name, int flags) {
    char path[PATH_MAX];
    if (watches_name(at, name, path)) {
        step("remove", path);
        pin(path);
    }
    return real_unlinkat(at, name, flags);
}

int mkdirat(int at, const char *name, mode_t mode) {
    char path[PATH_MAX];
    struct stat facts;
    if (watches_name(at, name, path) && lstat(path, &facts)) step("make", path);
    return real_mkdirat(at, name, mode);
}

int rename(const char *from, const char *to) { return renameat(AT_FDCWD, from, AT_FDCWD, to); }
int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }
int unlink(const char *name) { return unlinkat(AT_FDCWD, name, 0); }
int rmdir(const char *name) { return unlinkat(AT_FDCWD, name, AT_REMOVEDIR); }
int mkdir(const char *name, mode_t mode) { return mkdirat(AT_FDCWD, name, mode); }
