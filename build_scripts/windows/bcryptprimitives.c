/* For trying under Wine only, never shipped: Wine 8 has no bcryptprimitives.dll, whose one function Rust's standard library asks. */
#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL ProcessPrng(PBYTE data, SIZE_T length) { return RtlGenRandom(data, (ULONG)length); }
