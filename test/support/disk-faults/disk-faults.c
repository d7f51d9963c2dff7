/*
 * Errors of the disk for one process (LD_PRELOAD). Calls about files under DISK_FAULTS_UNDER fail as the plan in the shared file
 * DISK_FAULTS_PLAN says, which the process itself changes while it runs (disk-faults.ts). Everything else is passed on.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Kinds of calls, as bits. */
enum { READS = 1, WRITES = 2, SYNCS = 4, NAMES = 8 };

struct plan {
  uint32_t on;       /* 0: all calls go through */
  uint32_t one_in;   /* one of so many calls fails */
  uint32_t kinds;    /* which calls may fail */
  uint32_t code;     /* errno */
  uint32_t state;    /* of the random numbers */
  uint32_t failed;   /* how many failed */
  uint32_t first;    /* in place of one_in: the first call that fails, from 1 */
  uint32_t last;     /* and the last one */
  uint32_t seen;     /* calls of these kinds */
};

#define MOST_FILES 65536
static unsigned char ours[MOST_FILES];
static struct plan *plan;
static const char *under;
static size_t under_length;
static struct plan nothing;

__attribute__((constructor)) static void begin(void) {
  under = getenv("DISK_FAULTS_UNDER");
  const char *file = getenv("DISK_FAULTS_PLAN");
  plan = &nothing;
  if (!under || !file) return;
  under_length = strlen(under);
  int handle = open(file, O_RDWR);
  if (handle < 0) return;
  void *mapped = mmap(NULL, sizeof(struct plan), PROT_READ | PROT_WRITE, MAP_SHARED, handle, 0);
  close(handle);
  if (mapped != MAP_FAILED) plan = mapped;
}

static int is_ours(const char *path) {
  return under_length > 0 && path && strncmp(path, under, under_length) == 0;
}

static int fails(int kind) {
  if (!plan || !plan->on || !(plan->kinds & kind)) return 0;
  uint32_t seen = ++plan->seen;
  if (plan->first > 0) {
    if (seen < plan->first || seen > plan->last) return 0;
    plan->failed++;
    errno = (int)plan->code;
    return 1;
  }
  if (plan->one_in == 0) return 0;
  uint32_t x = plan->state ? plan->state : 1;
  x ^= x << 13;
  x ^= x >> 17;
  x ^= x << 5;
  plan->state = x;
  if (x % plan->one_in != 0) return 0;
  plan->failed++;
  errno = (int)plan->code;
  return 1;
}

static int on(int fd, int kind) {
  return fd >= 0 && fd < MOST_FILES && ours[fd] && fails(kind);
}

static int opened(int fd, const char *path) {
  if (fd >= 0 && fd < MOST_FILES) ours[fd] = (unsigned char)is_ours(path);
  return fd;
}

#define REAL(name, type) \
  static __typeof__(type) real; \
  if (!real) real = (__typeof__(type))dlsym(RTLD_NEXT, name)

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(#name, int (*)(const char *, int, ...)); \
    va_list rest; va_start(rest, flags); int mode = va_arg(rest, int); va_end(rest); \
    return opened(real(path, flags, mode), path); \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
  int name(int at, const char *path, int flags, ...) { \
    REAL(#name, int (*)(int, const char *, int, ...)); \
    va_list rest; va_start(rest, flags); int mode = va_arg(rest, int); va_end(rest); \
    return opened(real(at, path, flags, mode), path); \
  }
OPENAT(openat)
OPENAT(openat64)

int close(int fd) {
  REAL("close", int (*)(int));
  if (fd >= 0 && fd < MOST_FILES) ours[fd] = 0;
  return real(fd);
}

#define READ(name, offset) \
  ssize_t name(int fd, void *bytes, size_t size, offset at) { \
    REAL(#name, ssize_t (*)(int, void *, size_t, offset)); \
    return on(fd, READS) ? -1 : real(fd, bytes, size, at); \
  }
READ(pread, off_t)
READ(pread64, off64_t)

#define WRITE(name, offset) \
  ssize_t name(int fd, const void *bytes, size_t size, offset at) { \
    REAL(#name, ssize_t (*)(int, const void *, size_t, offset)); \
    return on(fd, WRITES) ? -1 : real(fd, bytes, size, at); \
  }
WRITE(pwrite, off_t)
WRITE(pwrite64, off64_t)

ssize_t read(int fd, void *bytes, size_t size) {
  REAL("read", ssize_t (*)(int, void *, size_t));
  return on(fd, READS) ? -1 : real(fd, bytes, size);
}

ssize_t write(int fd, const void *bytes, size_t size) {
  REAL("write", ssize_t (*)(int, const void *, size_t));
  return on(fd, WRITES) ? -1 : real(fd, bytes, size);
}

#define ONE(name, kind) \
  int name(int fd) { \
    REAL(#name, int (*)(int)); \
    return on(fd, kind) ? -1 : real(fd); \
  }
ONE(fsync, SYNCS)
ONE(fdatasync, SYNCS)

#define TRUNCATE(name, offset) \
  int name(int fd, offset size) { \
    REAL(#name, int (*)(int, offset)); \
    return on(fd, WRITES) ? -1 : real(fd, size); \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

int rename(const char *from, const char *to) {
  REAL("rename", int (*)(const char *, const char *));
  return is_ours(to) && fails(NAMES) ? -1 : real(from, to);
}

int unlink(const char *path) {
  REAL("unlink", int (*)(const char *));
  return is_ours(path) && fails(NAMES) ? -1 : real(path);
}
