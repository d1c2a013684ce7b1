"""How much memory and time the process that reads a stranger's file may take."""

from __future__ import annotations

import os
import sys
from typing import Any

MEMORY = 2 * 1024**3  # bytes of address space: a sheet of 20 million cells fits, a bomb does not
SECONDS = 900  # of computing


def limit_this_process(memory: int = MEMORY, seconds: int = SECONDS) -> None:
    """From now on this process is ended by the system before it takes more than this."""
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):  # each thread reserves address space
        os.environ.setdefault(variable, "1")
    if sys.platform == "win32":
        _limit_windows(memory)
        return
    import resource

    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (soft, hard if kind == resource.RLIMIT_AS else soft))
        except (ValueError, OSError):  # macOS refuses RLIMIT_AS; the parent's clock still guards
            continue


def _limit_windows(memory: int) -> None:
    """A job object with a memory limit holds this process; the parent's clock guards the time."""
    import ctypes

    windll: Any = ctypes.windll  # type: ignore[attr-defined,unused-ignore]
    kernel = windll.kernel32
    kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
    kernel.SetInformationJobObject.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32)
    kernel.AssignProcessToJobObject.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
    job = kernel.CreateJobObjectW(None, None)
    wanted = _job_limits(memory)
    extended_limits = 9  # JobObjectExtendedLimitInformation
    kernel.SetInformationJobObject(job, extended_limits, ctypes.byref(wanted), ctypes.sizeof(wanted))
    kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())


def _job_limits(memory: int) -> Any:
    """A JOBOBJECT_EXTENDED_LIMIT_INFORMATION that limits the memory of a process."""
    import ctypes

    class Basic(ctypes.Structure):
        _fields_ = (
            ("process_time", ctypes.c_int64),
            ("job_time", ctypes.c_int64),
            ("flags", ctypes.c_uint32),
            ("least_set", ctypes.c_size_t),
            ("most_set", ctypes.c_size_t),
            ("processes", ctypes.c_uint32),
            ("affinity", ctypes.c_size_t),
            ("priority", ctypes.c_uint32),
            ("scheduling", ctypes.c_uint32),
        )

    class Extended(ctypes.Structure):
        _fields_ = (
            ("basic", Basic),
            ("transfers", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process", ctypes.c_size_t),
            ("peak_job", ctypes.c_size_t),
        )

    limits = Extended()
    limits.basic.flags = 0x100  # JOB_OBJECT_LIMIT_PROCESS_MEMORY
    limits.process_memory = memory
    return limits
