; The setup for one person: no administrator, nothing outside their own folders, the books untouched.
; makensis -DVERSION=1.2.3 -DFOLDER=dist/windows/cheragh -DICON=build/cheragh.ico -DOUT=dist/cheragh-1.2.3-setup.exe setup.nsi
Unicode true
!ifdef AMD64 ; the twin that runs where Wine knows no 32 bits; what ships starts on every Windows, to tell an old one what is needed
  Target amd64-unicode
!endif
!ifdef QUICK
  SetCompress off
!else
  SetCompressor /SOLID lzma
!endif
!include MUI2.nsh
!include WinVer.nsh
!include x64.nsh
!include FileFunc.nsh

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Cheragh"
!define CLASSES "Software\Classes"

Name "$(NAME)"
OutFile "${OUT}"
RequestExecutionLevel user
ManifestSupportedOS all
ManifestDPIAware true
InstallDir "$LOCALAPPDATA\Programs\Cheragh"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
BrandingText "Cheragh ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Cheragh"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Cheragh setup"
VIAddVersionKey "LegalCopyright" "MIT"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\cheragh.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Farsi"
!insertmacro MUI_LANGUAGE "English"

LangString NAME ${LANG_FARSI} "چراغ"
LangString NAME ${LANG_ENGLISH} "Cheragh"
LangString BOOK ${LANG_FARSI} "دفتر چراغ"
LangString BOOK ${LANG_ENGLISH} "Cheragh book"
LangString TOO_OLD ${LANG_FARSI} "چراغ به ویندوز ۱۰ یا تازه‌ترِ ۶۴ بیتی نیاز دارد. چیزی روی این رایانه نصب نشد."
LangString TOO_OLD ${LANG_ENGLISH} "Cheragh needs 64-bit Windows 10 or newer. Nothing was installed on this computer."
LangString OPEN ${LANG_FARSI} "چراغ باز است. آن را ببندید و دوباره بیازمایید. هنوز چیزی عوض نشده است."
LangString OPEN ${LANG_ENGLISH} "Cheragh is open. Close it and try again. Nothing has changed yet."
LangString SPARED ${LANG_FARSI} "دفترها و پشتیبان‌ها سر جای خود می‌مانند: $LOCALAPPDATA\cheragh"
LangString SPARED ${LANG_ENGLISH} "The books and backups stay where they are: $LOCALAPPDATA\cheragh"

; Persian unless this Windows speaks English, and as it was last time
Function .onInit
  StrCpy $0 $LANGUAGE
  StrCpy $LANGUAGE ${LANG_FARSI}
  ${If} $0 == ${LANG_ENGLISH}
    StrCpy $LANGUAGE ${LANG_ENGLISH}
  ${EndIf}
  ReadRegStr $0 HKCU "${KEY}" "Language"
  ${If} $0 != ""
    StrCpy $LANGUAGE $0
  ${EndIf}
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/LANG=" $0
  ${IfNot} ${Errors}
    StrCpy $LANGUAGE $0
  ${EndIf}
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    MessageBox MB_ICONSTOP|MB_OK "$(TOO_OLD)" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
FunctionEnd

; A program that runs cannot be written over
!macro CLOSED UN
Function ${UN}Closed
  again:
  ClearErrors
  ${If} ${FileExists} "$INSTDIR\cheragh.exe"
    FileOpen $0 "$INSTDIR\cheragh.exe" a
    ${If} ${Errors}
      MessageBox MB_ICONEXCLAMATION|MB_RETRYCANCEL "$(OPEN)" /SD IDCANCEL IDRETRY again
      SetErrorLevel 4
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
FunctionEnd
!macroend
!insertmacro CLOSED ""
!insertmacro CLOSED "un."

!macro PROGRAM_GONE
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\cheragh.exe"
  Delete "$INSTDIR\cheragh-console.exe"
  Delete "$INSTDIR\LICENSES.txt"
!macroend

!macro LINKS_GONE
  Delete "$SMPROGRAMS\چراغ.lnk"
  Delete "$SMPROGRAMS\Cheragh.lnk"
  Delete "$DESKTOP\چراغ.lnk"
  Delete "$DESKTOP\Cheragh.lnk"
!macroend

Section
  Call Closed
  !insertmacro PROGRAM_GONE
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  !insertmacro LINKS_GONE
  CreateShortcut "$SMPROGRAMS\$(NAME).lnk" "$INSTDIR\cheragh.exe"
  CreateShortcut "$DESKTOP\$(NAME).lnk" "$INSTDIR\cheragh.exe"
  WriteRegStr HKCU "${CLASSES}\.cheragh" "" "Cheragh.Book"
  WriteRegStr HKCU "${CLASSES}\Cheragh.Book" "" "$(BOOK)"
  WriteRegStr HKCU "${CLASSES}\Cheragh.Book\DefaultIcon" "" "$INSTDIR\cheragh.exe,0"
  WriteRegStr HKCU "${CLASSES}\Cheragh.Book\shell\open\command" "" '"$INSTDIR\cheragh.exe" "%1"'
  WriteRegStr HKCU "${KEY}" "DisplayName" "$(NAME)"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\cheragh.exe,0"
  WriteRegStr HKCU "${KEY}" "Publisher" "Cheragh"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "Language" "$LANGUAGE"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)' ; the icon of .cheragh files is another now
SectionEnd

Function un.onInit
  ReadRegStr $0 HKCU "${KEY}" "Language"
  ${If} $0 != ""
    StrCpy $LANGUAGE $0
  ${EndIf}
FunctionEnd

Section "Uninstall"
  Call un.Closed
  DetailPrint "$(SPARED)"
  !insertmacro PROGRAM_GONE
  !insertmacro LINKS_GONE
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  RMDir /r "$LOCALAPPDATA\cheragh\logs"
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey HKCU "${CLASSES}\Cheragh.Book"
  ReadRegStr $0 HKCU "${CLASSES}\.cheragh" ""
  ${If} $0 == "Cheragh.Book"
    DeleteRegKey HKCU "${CLASSES}\.cheragh"
  ${EndIf}
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
