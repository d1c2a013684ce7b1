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

    number, size = ctypes.c_uint32, ctypes.c_size_t

    class Limits(ctypes.Structure):
        _fields_ = (
            ("times", ctypes.c_int64 * 2),
            ("flags", number),
            ("working_sets", size * 2),
            ("processes", number),
            ("affinity", size),
            ("priority_and_scheduling", number * 2),
            ("transfers", ctypes.c_uint64 * 6),
            ("process_memory", size),
            ("job_memory_and_peaks", size * 3),
        )

    return Limits(flags=0x100, process_memory=memory)  # JOB_OBJECT_LIMIT_PROCESS_MEMORY
