/* Stands between a program and the disk, for one folder: writes down every change, refuses some, or ends the program at one.
 * Loaded with LD_PRELOAD, asleep until the program itself calls `shim_watch` - so a child can be forked after all imports.
 *
 * Seen: open, write, pwrite, ftruncate, fsync, fdatasync, unlink, rename, mkdir (all that SQLite and Python use here).
 * Not seen: memory maps (only the -shm file, which a crash loses anyway), io_uring, C's stdio, duplicated handles. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OPENED = 1, MADE, WRITTEN, CUT, SYNCED, REMOVED, RENAMED, SAID }; /* the same numbers as in recording.py */
struct __attribute__((packed)) entry { int32_t kind, handle; int64_t offset; uint32_t size, more; };

static char folder[PATH_MAX];
static size_t folder_size;
static char mine[65536];
static int log_handle = -1, refusal, refuse_syncs;
static long done, kill_at, refuse_from, refuse_until;
static pthread_mutex_t gate = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

/* Watches `path` from now on. Change number `kill` is not done: the program dies there. Changes `from`..`until` fail with
 * `error`; syncs, removals and renames only if `syncs`. 0 means never; `log` NULL: nothing is written down. */
void shim_watch(const char *path, const char *log, long kill, long from, long until, int error, int syncs) {
    if (!realpath(path, folder)) abort();
    folder_size = strlen(folder);
    log_handle = log ? REAL(open64)(log, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
    kill_at = kill; refuse_from = from; refuse_until = until; refusal = error; refuse_syncs = syncs; done = 0;
}
long shim_done(void) { return done; }

static void note(int kind, int handle, int64_t offset, const void *data, size_t size, const char *second) {
    if (log_handle < 0) return;
    struct entry head = {kind, handle, offset, size, second ? strlen(second) : 0};
    struct iovec parts[3] = {{&head, sizeof head}, {(void *)data, size}, {(void *)second, head.more}};
    if (writev(log_handle, parts, 3) < 0) abort();
}
/* What the person was told, at this point of the recording. */
void shim_said(const char *text) { note(SAID, 0, 0, text, strlen(text), NULL); }

static int refused(int is_sync) {
    long number = ++done;
    if (number == kill_at) { kill(getpid(), SIGKILL); pause(); }
    if (!refuse_from || number < refuse_from || number > refuse_until || (is_sync && !refuse_syncs)) return 0;
    errno = refusal;
    return 1;
}
static int inside(const char *path, char *full) {
    size_t size = strlen(path);
    if (!folder_size || (size > 4 && !strcmp(path + size - 4, "-shm"))) return 0;
    if (path[0] == '/') snprintf(full, PATH_MAX, "%s", path);
    else if (getcwd(full, PATH_MAX)) { size_t used = strlen(full); snprintf(full + used, PATH_MAX - used, "/%s", path); }
    return !strncmp(full, folder, folder_size) && (full[folder_size] == '/' || !full[folder_size]);
}
static int is_mine(int handle) { return handle >= 0 && handle < (int)sizeof mine && mine[handle]; }
#define LOCKED(type, work) do { pthread_mutex_lock(&gate); type result = (work); int kept = errno; \
                                pthread_mutex_unlock(&gate); errno = kept; return result; } while (0)

static int opening(const char *path, int flags, mode_t mode) {
    char full[PATH_MAX]; struct stat there;
    int ours = inside(path, full), fresh = ours && (flags & O_CREAT) && stat(full, &there);
    if (fresh && refused(0)) return -1;
    int handle = REAL(open64)(path, flags, mode);
    if (handle >= 0 && handle < (int)sizeof mine && (mine[handle] = ours)) {
        note(fresh ? MADE : OPENED, handle, 0, full, strlen(full), NULL);
        if (!fresh && (flags & O_TRUNC)) note(CUT, handle, 0, NULL, 0, NULL);
    }
    return handle;
}
static mode_t mode_of(int flags, va_list rest) { return flags & O_CREAT ? va_arg(rest, mode_t) : 0; }
#define OPEN(name) int name(const char *path, int flags, ...) { \
    va_list rest; va_start(rest, flags); mode_t mode = mode_of(flags, rest); va_end(rest); LOCKED(int, opening(path, flags, mode)); }
OPEN(open) OPEN(open64)
int close(int handle) { if (is_mine(handle)) mine[handle] = 0; return REAL(close)(handle); }

static ssize_t writing(int handle, const void *data, size_t size, off64_t at) {
    if (refused(0)) return -1;
    ssize_t written = REAL(pwrite64)(handle, data, size, at);
    if (written > 0) note(WRITTEN, handle, at, data, written, NULL);
    return written;
}
static ssize_t appending(int handle, const void *data, size_t size) {
    off64_t at = lseek64(handle, 0, fcntl(handle, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
    ssize_t written = writing(handle, data, size, at);
    if (written > 0) lseek64(handle, at + written, SEEK_SET);
    return written;
}
ssize_t write(int handle, const void *data, size_t size) {
    if (!is_mine(handle)) return REAL(write)(handle, data, size);
    LOCKED(ssize_t, appending(handle, data, size));
}
ssize_t pwrite64(int handle, const void *data, size_t size, off64_t at) {
    if (!is_mine(handle)) return REAL(pwrite64)(handle, data, size, at);
    LOCKED(ssize_t, writing(handle, data, size, at));
}
ssize_t pwrite(int handle, const void *data, size_t size, off_t at) { return pwrite64(handle, data, size, at); }

static int noted(int kind, int handle, int64_t offset, int result) {
    if (!result) note(kind, handle, offset, NULL, 0, NULL);
    return result;
}
int ftruncate64(int handle, off64_t size) {
    if (!is_mine(handle)) return REAL(ftruncate64)(handle, size);
    LOCKED(int, refused(0) ? -1 : noted(CUT, handle, size, REAL(ftruncate64)(handle, size)));
}
int ftruncate(int handle, off_t size) { return ftruncate64(handle, size); }
int fsync(int handle) {
    if (!is_mine(handle)) return REAL(fsync)(handle);
    LOCKED(int, refused(1) ? -1 : noted(SYNCED, handle, 0, REAL(fsync)(handle)));
}
int fdatasync(int handle) {
    if (!is_mine(handle)) return REAL(fdatasync)(handle);
    LOCKED(int, refused(1) ? -1 : noted(SYNCED, handle, 0, REAL(fdatasync)(handle)));
}

static int named(int kind, const char *path, const char *second, int result) {
    if (!result) note(kind, -1, 0, path, strlen(path), second);
    return result;
}
int unlink(const char *path) {
    char full[PATH_MAX];
    if (!inside(path, full)) return REAL(unlink)(path);
    LOCKED(int, refused(1) ? -1 : named(REMOVED, full, NULL, REAL(unlink)(path)));
}
int rename(const char *from, const char *to) {
    char first[PATH_MAX], second[PATH_MAX];
    if (!inside(from, first) | !inside(to, second)) return REAL(rename)(from, to);
    LOCKED(int, refused(1) ? -1 : named(RENAMED, first, second, REAL(rename)(from, to)));
}
int mkdir(const char *path, mode_t mode) {
    char full[PATH_MAX];
    if (!inside(path, full)) return REAL(mkdir)(path, mode);
    LOCKED(int, refused(0) ? -1 : REAL(mkdir)(path, mode));
}
/* Copies inside the kernel would go past us: they are not there, and the caller writes instead. */
ssize_t sendfile64(int to, int from, off64_t *at, size_t size) { (void)to; (void)from; (void)at; (void)size; errno = EINVAL; return -1; }
ssize_t sendfile(int to, int from, off_t *at, size_t size) { return sendfile64(to, from, at, size); }
ssize_t copy_file_range(int from, off64_t *a, int to, off64_t *b, size_t size, unsigned flags) {
    (void)from; (void)a; (void)to; (void)b; (void)size; (void)flags; errno = ENOSYS; return -1;
}
