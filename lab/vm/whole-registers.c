/*
 * Loaded into the kernel that runs as a program. It moves the floating point registers of its processes in and out
 * through ptrace with a buffer of 832 bytes, as large as they were when it was written; a kernel below it whose
 * processor has AVX-512 or AMX takes only all of them (linux/arch/x86/kernel/fpu/regset.c, xstateregs_set).
 * What is beyond the 832 bytes is kept here, by the buffer that it belongs to.
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { GET = 0x4204, SET = 0x4205, XSTATE = 0x202, WHOLE = 16384, SLOTS = 1 << 16 };

static struct slot {
  void *owner;
  char *rest;
} slots[SLOTS];

/* The rest of the registers whose first part is at `owner`. A task that is gone leaves its slot to the next one there. */
static char *rest_of(void *owner) {
  size_t at = ((uintptr_t)owner >> 4) * 2654435761u % SLOTS;
  while (slots[at].owner && slots[at].owner != owner)
    at = (at + 1) % SLOTS;
  if (!slots[at].owner) {
    slots[at].owner = owner;
    slots[at].rest = calloc(1, WHOLE);
    if (!slots[at].rest)
      abort();
  }
  return slots[at].rest;
}

static long registers(long request, long pid, struct iovec *part) {
  /* Not on the stack, which is that of a kernel. Only one thread comes here. */
  static char whole[WHOLE];
  struct iovec all = {whole, sizeof whole};
  char *rest = rest_of(part->iov_base);
  size_t size = part->iov_len;
  if (syscall(SYS_ptrace, GET, pid, XSTATE, &all) < 0)
    return -1;
  if (request == GET) {
    if (all.iov_len < size)
      size = part->iov_len = all.iov_len;
    memcpy(part->iov_base, whole, size);
    memcpy(rest, whole + size, all.iov_len - size);
    return 0;
  }
  memcpy(whole, part->iov_base, size);
  if (all.iov_len > size)
    memcpy(whole + size, rest, all.iov_len - size);
  return syscall(SYS_ptrace, SET, pid, XSTATE, &all);
}

long ptrace(enum __ptrace_request request, ...) {
  va_list words;
  va_start(words, request);
  long pid = va_arg(words, int);
  void *address = va_arg(words, void *);
  void *data = va_arg(words, void *);
  va_end(words);
  if ((request == (enum __ptrace_request)GET || request == (enum __ptrace_request)SET) && (long)address == XSTATE)
    return registers(request, pid, data);
  /* What these read, the system call writes, and the function returns. */
  if (request == PTRACE_PEEKTEXT || request == PTRACE_PEEKDATA || request == PTRACE_PEEKUSER) {
    long word = 0;
    return syscall(SYS_ptrace, request, pid, address, &word) < 0 ? -1 : word;
  }
  return syscall(SYS_ptrace, request, pid, address, data);
}
