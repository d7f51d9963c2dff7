/*
 * Writes down what one process does to the files under DISK_RECORD_UNDER, in order, in the file DISK_RECORD (LD_PRELOAD):
 * opens, writes with their bytes, truncations, syncs, names. crash-images.ts reads it. A record is written when the call has succeeded.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_FILES 65536
static unsigned char ours[MOST_FILES];
static const char *under;
static size_t under_length;
static int out = -1;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name, type) \
  static __typeof__(type) real; \
  if (!real) real = (__typeof__(type))dlsym(RTLD_NEXT, name)

struct head {
  uint32_t kind;
  int32_t fd;
  int64_t at;
  uint32_t first;  /* bytes of a path, or what was written */
  uint32_t second; /* bytes of the second path */
};

static void put(const void *bytes, size_t size) {
  REAL("write", ssize_t (*)(int, const void *, size_t));
  const char *from = bytes;
  while (size > 0) {
    ssize_t done = real(out, from, size);
    if (done <= 0) abort();
    from += done;
    size -= (size_t)done;
  }
}

static void record(uint32_t kind, int fd, int64_t at, const void *first, size_t a, const void *second, size_t b) {
  if (out < 0) return;
  struct head head = {kind, fd, at, (uint32_t)a, (uint32_t)b};
  pthread_mutex_lock(&lock);
  put(&head, sizeof head);
  put(first, a);
  put(second, b);
  pthread_mutex_unlock(&lock);
}

static int is_ours(const char *path) {
  return under_length > 0 && path && strncmp(path, under, under_length) == 0;
}
static int has(int fd) { return fd >= 0 && fd < MOST_FILES && ours[fd]; }

__attribute__((constructor)) static void begin(void) {
  const char *file = getenv("DISK_RECORD");
  REAL("open", int (*)(const char *, int, ...));
  if (file) out = real(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  under = getenv("DISK_RECORD_UNDER");
  under_length = under ? strlen(under) : 0;
}

static int opened(int fd, const char *path, int flags) {
  if (fd < 0 || fd >= MOST_FILES) return fd;
  ours[fd] = (unsigned char)is_ours(path);
  if (ours[fd]) record('o', fd, flags, path, strlen(path), "", 0);
  return fd;
}

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(#name, int (*)(const char *, int, ...)); \
    va_list rest; va_start(rest, flags); int mode = va_arg(rest, int); va_end(rest); \
    return opened(real(path, flags, mode), path, flags); \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
  int name(int at, const char *path, int flags, ...) { \
    REAL(#name, int (*)(int, const char *, int, ...)); \
    va_list rest; va_start(rest, flags); int mode = va_arg(rest, int); va_end(rest); \
    return opened(real(at, path, flags, mode), path, flags); \
  }
OPENAT(openat)
OPENAT(openat64)

int close(int fd) {
  REAL("close", int (*)(int));
  if (fd >= 0 && fd < MOST_FILES) ours[fd] = 0;
  return real(fd);
}

#define PWRITE(name, offset) \
  ssize_t name(int fd, const void *bytes, size_t size, offset at) { \
    REAL(#name, ssize_t (*)(int, const void *, size_t, offset)); \
    ssize_t done = real(fd, bytes, size, at); \
    if (done > 0 && has(fd)) record('w', fd, at, bytes, (size_t)done, "", 0); \
    return done; \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t write(int fd, const void *bytes, size_t size) {
  REAL("write", ssize_t (*)(int, const void *, size_t));
  ssize_t done = real(fd, bytes, size);
  if (done <= 0 || !has(fd)) return done;
  int code = errno;
  off_t end = lseek(fd, 0, SEEK_CUR);
  errno = code;
  /* No file: the number was closed past this library, and is a socket's now. */
  if (end < done) ours[fd] = 0;
  else record('w', fd, end - done, bytes, (size_t)done, "", 0);
  return done;
}

#define SYNC(name) \
  int name(int fd) { \
    REAL(#name, int (*)(int)); \
    int done = real(fd); \
    if (done == 0 && has(fd)) record('s', fd, 0, "", 0, "", 0); \
    return done; \
  }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name, offset) \
  int name(int fd, offset size) { \
    REAL(#name, int (*)(int, offset)); \
    int done = real(fd, size); \
    if (done == 0 && has(fd)) record('t', fd, size, "", 0, "", 0); \
    return done; \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define NAMES(name, kind) \
  int name(const char *from, const char *to) { \
    REAL(#name, int (*)(const char *, const char *)); \
    int done = real(from, to); \
    if (done == 0 && is_ours(to)) record(kind, -1, 0, from, strlen(from), to, strlen(to)); \
    return done; \
  }
NAMES(rename, 'r')
NAMES(link, 'l')

#define REMOVE(name) \
  int name(const char *path) { \
    REAL(#name, int (*)(const char *)); \
    int done = real(path); \
    if (done == 0 && is_ours(path)) record('u', -1, 0, path, strlen(path), "", 0); \
    return done; \
  }
REMOVE(unlink)
REMOVE(remove)
