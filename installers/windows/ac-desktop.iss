; The installer for Windows, made of the bundle: ISCC /DVersion=0.2.0 installers\windows\ac-desktop.iss, into dist\.
; It installs for one person and asks for no administrator; an IT department may install for all with /ALLUSERS.
; A later version is installed over the earlier one, in its folder; a running program is closed first.
#ifndef Version
  #error Say the version: ISCC /DVersion=0.2.0
#endif

[Setup]
AppId={{4C5E0B52-6A0F-4E35-9A57-6C1F0D0E7A31}
AppName=AC Desktop
AppVersion={#Version}
AppPublisher=The AC Desktop developers
VersionInfoVersion={#Version}
DefaultDirName={code:DefaultFolder}
DefaultGroupName=AC Desktop
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=ac-desktop-{#Version}-setup
SetupIconFile=..\..\build\build\ac-desktop.ico
UninstallDisplayIcon={app}\AC Desktop.exe
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
CloseApplications=yes
RestartApplications=no
UsePreviousAppDir=yes

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"
Name: "spanish"; MessagesFile: "compiler:Languages\Spanish.isl"

[CustomMessages]
english.Practice=Practice on a made-up account
spanish.Practice=Practicar con una cuenta inventada
english.OpenWith=Offer AC Desktop for CSV, Excel and ZIP files under “Open with”
spanish.OpenWith=Ofrecer AC Desktop para archivos CSV, Excel y ZIP en “Abrir con”
english.Invitation=Invitation to an office of AC Desktop
spanish.Invitation=Invitación a una oficina de AC Desktop
english.DeleteData=Delete the donors, the log and the settings of AC Desktop on this computer, too?%n%nThey are in %1. Choose No to keep them for a later installation. Keys stay in Windows Credential Manager until you remove them there.
spanish.DeleteData=¿Eliminar también los donantes, el registro y la configuración de AC Desktop en este equipo?%n%nEstán en %1. Elija No para conservarlos para una instalación posterior. Las claves quedan en el Administrador de credenciales de Windows hasta que las quite allí.

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: "openwith"; Description: "{cm:OpenWith}"

[InstallDelete]
; Libraries of an earlier version must not lie between those of this one.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\dist\ac-desktop\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs

[Icons]
Name: "{group}\AC Desktop"; Filename: "{app}\AC Desktop.exe"; AppUserModelID: "ac-desktop"
Name: "{group}\{cm:Practice}"; Filename: "{app}\AC Desktop.exe"; Parameters: "--practice"; AppUserModelID: "ac-desktop"
Name: "{autodesktop}\AC Desktop"; Filename: "{app}\AC Desktop.exe"; AppUserModelID: "ac-desktop"; Tasks: desktopicon

[Registry]
; “Open with” offers it; it never becomes what opens these files by default.
Root: HKA; Subkey: "Software\Classes\Applications\AC Desktop.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "AC Desktop"; Flags: uninsdeletekey; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Applications\AC Desktop.exe\shell\open\command"; ValueType: string; ValueData: """{app}\AC Desktop.exe"" open ""%1"""; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Applications\AC Desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".csv"; ValueData: ""; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Applications\AC Desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".xlsx"; ValueData: ""; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Applications\AC Desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".xls"; ValueData: ""; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Applications\AC Desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".zip"; ValueData: ""; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Applications\AC Desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".tsv"; ValueData: ""; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Applications\AC Desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".txt"; ValueData: ""; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Applications\AC Desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".ods"; ValueData: ""; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Applications\AC Desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".json"; ValueData: ""; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Applications\AC Desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".jsonl"; ValueData: ""; Tasks: openwith
; An invitation to an office is ours alone: a double-click opens it, and the program asks whether to join.
Root: HKA; Subkey: "Software\Classes\.acoffice"; ValueType: string; ValueData: "ACDesktop.Invitation"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\.acoffice\OpenWithProgids"; ValueType: string; ValueName: "ACDesktop.Invitation"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\ACDesktop.Invitation"; ValueType: string; ValueData: "{cm:Invitation}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\ACDesktop.Invitation\DefaultIcon"; ValueType: string; ValueData: "{app}\AC Desktop.exe,0"
Root: HKA; Subkey: "Software\Classes\ACDesktop.Invitation\shell\open\command"; ValueType: string; ValueData: """{app}\AC Desktop.exe"" open ""%1"""

[Run]
Filename: "{app}\AC Desktop.exe"; Description: "{cm:LaunchProgram,AC Desktop}"; Flags: nowait postinstall skipifsilent

[Code]
{ Returns where programs are: of everybody, or of one person. Setup's own "autopf" asks the system for the latter, which
  answers with this folder, or with another that an administrator set, perhaps on a network. }
function DefaultFolder(Param: String): String;
begin
  if IsAdminInstallMode then
    Result := ExpandConstant('{commonpf}\AC Desktop')
  else
    Result := ExpandConstant('{localappdata}\Programs\AC Desktop');
end;

{ Asks for the data of this person once the program is removed; without an answer, as in a silent removal, it stays. }
procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
var
  Folder: String;
begin
  Folder := ExpandConstant('{localappdata}\AC Desktop');
  if (CurUninstallStep = usPostUninstall) and DirExists(Folder) then
    if SuppressibleMsgBox(FmtMessage(CustomMessage('DeleteData'), [Folder]), mbConfirmation, MB_YESNO or MB_DEFBUTTON2, IDNO) = IDYES then
      DelTree(Folder, True, True, True);
end;
