/* For building and trying under Wine only, never shipped: Wine 8 has no icuuc.dll, which Qt6Core asks at its start.
   Every converter is "not supported" (16, U_UNSUPPORTED_ERROR), and Qt uses its own. */
#define API __declspec(dllexport)
#define REFUSE(error) (*(error) = 16)

API void *ucnv_open(const char *name, int *error) { REFUSE(error); return 0; }
API void ucnv_close(void *c) {}
API void ucnv_reset(void *c) {}
API void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
API void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
API signed char ucnv_getMaxCharSize(void *c) { return 4; }
API const char *ucnv_getName(void *c, int *error) { REFUSE(error); return 0; }
API void ucnv_getToUCallBack(void *c, void *action, const void **context) {}
API void ucnv_getFromUCallBack(void *c, void *action, const void **context) {}
API void ucnv_setToUCallBack(void *c, void *a, const void *b, void *d, const void **e, int *error) { REFUSE(error); }
API void ucnv_setFromUCallBack(void *c, void *a, const void *b, void *d, const void **e, int *error) { REFUSE(error); }
API void ucnv_cbToUWriteUChars(void *a, const void *b, int n, int o, int *error) { REFUSE(error); }
API void ucnv_cbFromUWriteUChars(void *a, const void **b, const void *l, int o, int *error) { REFUSE(error); }
API void ucnv_toUnicode(void) {}
API void ucnv_fromUnicode(void) {}
API int ucnv_toUCountPending(void *c, int *error) { return 0; }
API int ucnv_fromUCountPending(void *c, int *error) { return 0; }
API const char *ucnv_getStandardName(const char *name, const char *standard, int *error) { return 0; }
API const char *ucnv_getAvailableName(int n) { return 0; }
API int ucnv_countAvailable(void) { return 0; }
