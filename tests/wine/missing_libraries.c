/* Two system libraries of Windows 10 that Wine 8 lacks, as far as the locked wheels ask for them.
   Compiled once for each: -DICUUC for icuuc.dll, -DBCRYPTPRIMITIVES for bcryptprimitives.dll. */

#define EXPORT __declspec(dllexport)

#ifdef BCRYPTPRIMITIVES

/* Rust's standard library takes random bytes from here. SystemFunction036 is advapi32's RtlGenRandom. */
__declspec(dllimport) unsigned char SystemFunction036(void *bytes, unsigned long count);

EXPORT int ProcessPrng(unsigned char *bytes, unsigned long long count)
{
    const unsigned long most = 1ul << 20;
    for (unsigned long long done = 0; done < count;) {
        unsigned long part = count - done < most ? (unsigned long)(count - done) : most;
        if (!SystemFunction036(bytes + done, part))
            return 0;
        done += part;
    }
    return 1;
}

#endif

#ifdef ICUUC

/* Qt opens ICU's converters for encodings that it does not know itself, and is told here that there are none.
   Nothing else is called without an open converter. */
enum { FILE_ACCESS_ERROR = 4 };

EXPORT void *ucnv_open(const char *name, int *error)
{
    (void)name;
    *error = FILE_ACCESS_ERROR;
    return 0;
}

EXPORT int ucnv_countAvailable(void) { return 0; }
EXPORT const char *ucnv_getAvailableName(int index) { (void)index; return 0; }
EXPORT const char *ucnv_getStandardName(const char *name, const char *standard, int *error)
{
    (void)name;
    (void)standard;
    *error = FILE_ACCESS_ERROR;
    return 0;
}

#define NEVER_CALLED(name) EXPORT void name(void) { __builtin_trap(); }

EXPORT void ucnv_close(void *converter) { (void)converter; }
NEVER_CALLED(ucnv_reset)
NEVER_CALLED(ucnv_getName)
NEVER_CALLED(ucnv_getMaxCharSize)
NEVER_CALLED(ucnv_toUnicode)
NEVER_CALLED(ucnv_fromUnicode)
NEVER_CALLED(ucnv_toUCountPending)
NEVER_CALLED(ucnv_fromUCountPending)
NEVER_CALLED(ucnv_getToUCallBack)
NEVER_CALLED(ucnv_setToUCallBack)
NEVER_CALLED(ucnv_getFromUCallBack)
NEVER_CALLED(ucnv_setFromUCallBack)
NEVER_CALLED(ucnv_cbToUWriteUChars)
NEVER_CALLED(ucnv_cbFromUWriteUChars)
NEVER_CALLED(UCNV_TO_U_CALLBACK_SUBSTITUTE)
NEVER_CALLED(UCNV_FROM_U_CALLBACK_SUBSTITUTE)

#endif
