<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es_ES" sourcelanguage="en">
<context>
    <name>ac_desktop</name>
    <message>
        <location filename="console/command.py"/>
        <source>Stopped. Nothing is lost; the queue goes on with the next “ac-desktop relay”.</source>
        <translation>Detenido. No se pierde nada; la cola sigue con el próximo «ac-desktop relay».</translation>
    </message>
    <message>
        <location filename="console/compare.py"/>
        <source>{new} new, {changes} with changes, {same} the same, {held} who would be held. Nothing was changed.</source>
        <translation>{new} nuevos, {changes} con cambios, {same} iguales, {held} que se retendrían. No se cambió nada.</translation>
    </message>
    <message>
        <location filename="console/compare.py"/>
        <source>new</source>
        <translation>nuevo</translation>
    </message>
    <message>
        <location filename="console/compare.py"/>
        <source>changes</source>
        <translation>cambia</translation>
    </message>
    <message>
        <location filename="console/compare.py"/>
        <source>same</source>
        <translation>igual</translation>
    </message>
    <message>
        <location filename="console/compare.py"/>
        <source>held</source>
        <translation>retenido</translation>
    </message>
    <message>
        <location filename="console/connections.py"/>
        <source>The key is that of {name}, {email}, at {account}. List {number} is “{list}”.</source>
        <translation>La clave es de {name}, {email}, en {account}. La lista {number} es «{list}».</translation>
    </message>
    <message>
        <location filename="console/connections.py"/>
        <source>Connection “{name}” is kept.</source>
        <translation>La conexión «{name}» está guardada.</translation>
    </message>
    <message>
        <location filename="console/connections.py"/>
        <source>“{host}” is not an address that ActiveCampaign is known to use, and the key would go there.</source>
        <translation>«{host}» no es una dirección que se sepa que use ActiveCampaign, y la clave iría allí.</translation>
    </message>
    <message>
        <location filename="console/connections.py"/>
        <source>“{name}” is {state}.</source>
        <translation>«{name}» está {state}.</translation>
    </message>
    <message>
        <location filename="console/connections.py"/>
        <source>“{name}” is active again. The next relay begins with one donor alone.</source>
        <translation>«{name}» está activa de nuevo. El próximo envío empieza con un solo donante.</translation>
    </message>
    <message>
        <location filename="console/connections.py"/>
        <source>A new connection needs --url and --list.</source>
        <translation>Una conexión nueva necesita --url y --list.</translation>
    </message>
    <message>
        <location filename="console/connections.py"/>
        <source>Donor data is only sent encrypted, so the address is now {address}.</source>
        <translation>Los datos de donantes solo se envían cifrados, así que la dirección es ahora {address}.</translation>
    </message>
    <message>
        <location filename="console/connections.py"/>
        <source>--pages and --exclude contradict each other: give one of them.</source>
        <translation>--pages y --exclude se contradicen: indique solo uno.</translation>
    </message>
    <message>
        <location filename="console/connections.py"/>
        <source>No action page was named.</source>
        <translation>No se nombró ninguna página de acción.</translation>
    </message>
    <message>
        <location filename="console/connections.py"/>
        <source>No key was given, so none is kept yet.</source>
        <translation>No se dio ninguna clave, así que todavía no se guarda ninguna.</translation>
    </message>
    <message>
        <location filename="console/connections.py"/>
        <source>This computer has no keyring, so the key is used for this command and kept nowhere.</source>
        <translation>Este equipo no tiene llavero, así que la clave se usa para esta orden y no se guarda en ninguna parte.</translation>
    </message>
    <message>
        <location filename="console/connections.py"/>
        <source>“{name}” is inactive after five failures in a row. Only “ac-desktop reactivate” brings it back.</source>
        <translation>«{name}» está inactiva tras cinco fallos seguidos. Solo «ac-desktop reactivate» la recupera.</translation>
    </message>
    <message>
        <location filename="console/connections.py"/>
        <source>“{name}” is not inactive; nothing was changed.</source>
        <translation>«{name}» no está inactiva; no se cambió nada.</translation>
    </message>
    <message>
        <location filename="console/connections.py"/>
        <source>{told} Nothing was kept; add --yes if it is right.</source>
        <translation>{told} No se guardó nada; añada --yes si es correcto.</translation>
    </message>
    <message>
        <location filename="console/connections.py"/>
        <source>{told} Use it?</source>
        <translation>{told} ¿Usarla?</translation>
    </message>
    <message>
        <location filename="console/connections.py"/>
        <source>Nothing was kept.</source>
        <translation>No se guardó nada.</translation>
    </message>
    <message>
        <location filename="console/connections.py"/>
        <source>{why} The connection stays inactive.</source>
        <translation>{why} La conexión sigue inactiva.</translation>
    </message>
    <message>
        <location filename="console/decide.py"/>
        <source>{count} records are left as they are. Only people who are held for consent, with a complete email address, can be subscribed again.</source>
        <translation>{count} registros quedan como están. Solo las personas retenidas por su consentimiento, con un correo completo, pueden volver a suscribirse.</translation>
    </message>
    <message>
        <location filename="console/decide.py"/>
        <source>{count} records stay held.</source>
        <translation>{count} registros siguen retenidos.</translation>
    </message>
    <message>
        <location filename="console/decide.py"/>
        <source>{count} records are skipped for good.</source>
        <translation>{count} registros se omiten para siempre.</translation>
    </message>
    <message>
        <location filename="console/decide.py"/>
        <source>{count} people will be subscribed again with the next relay.</source>
        <translation>{count} personas se volverán a suscribir con el próximo envío.</translation>
    </message>
    <message>
        <location filename="console/decide.py"/>
        <source>{why} Give it with --reason.</source>
        <translation>{why} Indíquelo con --reason.</translation>
    </message>
    <message>
        <location filename="console/decide.py"/>
        <source>“{name}” holds no record of {email}. Nothing was changed.</source>
        <translation>«{name}» no retiene ningún registro de {email}. No se cambió nada.</translation>
    </message>
    <message>
        <location filename="console/lookup.py"/>
        <source>There are: {names}.</source>
        <translation>Existen: {names}.</translation>
    </message>
    <message>
        <location filename="console/lookup.py"/>
        <source>Set one up with “ac-desktop connect”.</source>
        <translation>Configure una con «ac-desktop connect».</translation>
    </message>
    <message>
        <location filename="console/lookup.py"/>
        <source>There is no connection named “{name}”. {hint}</source>
        <translation>No hay ninguna conexión llamada «{name}». {hint}</translation>
    </message>
    <message>
        <location filename="console/lookup.py"/>
        <source>No key is kept for this connection. Put it into the variable {variable}.</source>
        <translation>No se guarda ninguna clave para esta conexión. Póngala en la variable {variable}.</translation>
    </message>
    <message>
        <location filename="console/lookup.py"/>
        <source>API key (it is not shown):</source>
        <translation>Clave de API (no se muestra):</translation>
    </message>
    <message>
        <location filename="console/privacy.py"/>
        <source>Of {email} there are {records} in the queue, {removed} among the removed, {attempts} in the log. Erasing cannot be undone; who still waits is not relayed any more.</source>
        <translation>De {email} hay {records} en la cola, {removed} entre los quitados, {attempts} en el registro. Borrar no se puede deshacer; quien todavía espera ya no se envía.</translation>
    </message>
    <message>
        <location filename="console/privacy.py"/>
        <source>This computer's date is {clock}. The last date AC Desktop saw is {last_seen}. No donor data was deleted because of its age. If the date is right, run “ac-desktop retention --clock-is-right --now”.</source>
        <translation>La fecha de esta computadora es {clock}. La última fecha que AC Desktop vio es {last_seen}. No se eliminó ningún dato de donantes por su antigüedad. Si la fecha es correcta, ejecute «ac-desktop retention --clock-is-right --now».</translation>
    </message>
    <message>
        <location filename="console/privacy.py"/>
        <source>“{email}” is not a complete e-mail address.</source>
        <translation>«{email}» no es una dirección de correo completa.</translation>
    </message>
    <message>
        <location filename="console/privacy.py"/>
        <source>{told} Nothing was erased; add --yes if it is right.</source>
        <translation>{told} No se borró nada; añada --yes si es correcto.</translation>
    </message>
    <message>
        <location filename="console/privacy.py"/>
        <source>Sent donors are kept for ever.</source>
        <translation>Los donantes enviados se guardan para siempre.</translation>
    </message>
    <message>
        <location filename="console/privacy.py"/>
        <source>Sent and skipped donors, and the log's payloads and answers, are forgotten after {days} days. Who waits, is held or has failed stays.</source>
        <translation>Los donantes enviados y omitidos, y los datos y respuestas del registro, se olvidan a los {days} días. Quien espera, está retenido o ha fallado se queda.</translation>
    </message>
    <message>
        <location filename="console/privacy.py"/>
        <source>{donors} donors were forgotten just now, and the payloads of {attempts} attempts.</source>
        <translation>Se acaban de olvidar {donors} donantes y los datos de {attempts} intentos.</translation>
    </message>
    <message>
        <location filename="console/privacy.py"/>
        <source>{told} Erase?</source>
        <translation>{told} ¿Borrar?</translation>
    </message>
    <message>
        <location filename="console/privacy.py"/>
        <source>Nothing was erased.</source>
        <translation>No se borró nada.</translation>
    </message>
    <message>
        <location filename="console/privacy.py"/>
        <source>The receipt could not be written to {file}: {problem}.</source>
        <translation>El recibo no se pudo escribir en {file}: {problem}.</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>Puts donors onto an ActiveCampaign list. Without a command it opens the window.</source>
        <translation>Pone donantes en una lista de ActiveCampaign. Sin ninguna orden abre la ventana.</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>open the window on a practice account</source>
        <translation>abrir la ventana con una cuenta de práctica</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>open the window, print as JSON how long its first paint took and how much memory it holds, and end</source>
        <translation>abrir la ventana, decir como JSON cuánto tardó en verse y cuánta memoria ocupa, y terminar</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>show that this installation works, on a practice account, and end</source>
        <translation>mostrar que esta instalación funciona, con una cuenta de práctica, y terminar</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>keep everything in this folder</source>
        <translation>guardar todo en esta carpeta</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>speak this language instead of the terminal's</source>
        <translation>hablar este idioma en vez del de la terminal</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>open the window and check files to be queued</source>
        <translation>abrir la ventana y revisar archivos para la cola</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>run a practice account on this computer</source>
        <translation>poner en marcha una cuenta de práctica en este equipo</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>requests a second, 0 for any</source>
        <translation>peticiones por segundo, 0 para cualquier número</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>how many lists the account has</source>
        <translation>cuántas listas tiene la cuenta</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>set up or change a connection</source>
        <translation>configurar o cambiar una conexión</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>the API URL from Settings, Developer</source>
        <translation>la URL de la API de Settings, Developer</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>the list's number</source>
        <translation>el número de la lista</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>take donors of these action pages only</source>
        <translation>tomar solo donantes de estas páginas de acción</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>take donors of all action pages but these</source>
        <translation>tomar donantes de todas las páginas de acción menos estas</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>take donors of one team only</source>
        <translation>tomar solo donantes de un equipo</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>the action pages that belong to the team</source>
        <translation>las páginas de acción que pertenecen al equipo</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>requests a second, 1 to 5</source>
        <translation>peticiones por segundo, de 1 a 5</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>leave alone who unsubscribed, bounced or has not confirmed</source>
        <translation>no tocar a quien se dio de baja, rebotó o no ha confirmado</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>leave these values as ActiveCampaign has them: phone, first_name, last_name, or none</source>
        <translation>dejar estos valores como los tiene ActiveCampaign: phone, first_name, last_name, o none</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>do not ask the account about key and list</source>
        <translation>no preguntar a la cuenta por la clave y la lista</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>take an address that we do not know</source>
        <translation>aceptar una dirección que no conocemos</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>show the connections</source>
        <translation>mostrar las conexiones</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>ask the account about address, key and list</source>
        <translation>preguntar a la cuenta por la dirección, la clave y la lista</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>attempt nothing until resumed</source>
        <translation>no intentar nada hasta que se reanude</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>attempt again</source>
        <translation>intentar de nuevo</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>test an inactive connection and bring it back</source>
        <translation>probar una conexión inactiva y recuperarla</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>queue the donors of a file</source>
        <translation>poner en la cola los donantes de un archivo</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>the action page of rows that name none</source>
        <translation>la página de acción de las filas que no nombran ninguna</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>the sheet of a spreadsheet</source>
        <translation>la hoja de un libro de cálculo</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>the row with the headings, 0 for none</source>
        <translation>la fila de los encabezados, 0 si no hay</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>how a text file is encoded, such as windows-1252</source>
        <translation>cómo está codificado un archivo de texto, por ejemplo windows-1252</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>what parts cells: , ; | or tab</source>
        <translation>qué separa las celdas: , ; | o tab</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>how to read dates like 3/4/2026</source>
        <translation>cómo leer fechas como 3/4/2026</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>queue also what came unchanged in an earlier import</source>
        <translation>poner en la cola también lo que llegó sin cambios en una importación anterior</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>say what would become of the rows and queue nothing</source>
        <translation>decir qué pasaría con las filas y no poner nada en la cola</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>queue one donor</source>
        <translation>poner en la cola un donante</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>queue also a donor who is in the queue or was sent</source>
        <translation>poner en la cola también a un donante que ya está en la cola o fue enviado</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>relay until nothing is waiting</source>
        <translation>enviar hasta que nada espere</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>send up to 250 donors a request</source>
        <translation>enviar hasta 250 donantes por petición</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>show what a relay would change, by reading</source>
        <translation>mostrar, solo leyendo, qué cambiaría un envío</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>show who of the sent donors is on the list, by reading</source>
        <translation>mostrar qué donantes enviados están en la lista, solo con lecturas</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>decide about held records</source>
        <translation>decidir sobre registros retenidos</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>every held record the decision can be taken for</source>
        <translation>todos los registros retenidos para los que se puede tomar la decisión</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>why; needed to subscribe someone again</source>
        <translation>por qué; hace falta para volver a suscribir a alguien</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>show where the records stand</source>
        <translation>mostrar cómo están los registros</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>show every attempt with payloads and answers</source>
        <translation>mostrar cada intento con sus datos y respuestas</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>write the records as a CSV file</source>
        <translation>escribir los registros como archivo CSV</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>only failed and held records</source>
        <translation>solo registros fallidos y retenidos</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>bring back a backup of the donor database</source>
        <translation>recuperar una copia de seguridad de la base de datos de donantes</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>this one instead of the newest</source>
        <translation>esta en vez de la más reciente</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>do not ask</source>
        <translation>no preguntar</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>erase one person everywhere on this computer</source>
        <translation>borrar a una persona de todo este equipo</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>write the receipt to this file too</source>
        <translation>escribir el recibo también en este archivo</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>how long sent donors are kept</source>
        <translation>cuánto tiempo se guardan los donantes enviados</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>forget sent donors after this many days</source>
        <translation>olvidar los donantes enviados a los tantos días</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>forget nobody</source>
        <translation>no olvidar a nadie</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>forget at once what is older</source>
        <translation>olvidar enseguida lo que sea más antiguo</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>confirm that this computer's date is right</source>
        <translation>confirmar que la fecha de esta computadora es correcta</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>give freed disk space back; others wait</source>
        <translation>devolver el espacio liberado del disco; lo demás espera</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>let failed, held or all records wait again</source>
        <translation>hacer que esperen de nuevo los registros fallidos, retenidos o todos</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>those that failed</source>
        <translation>los fallidos</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>those held, but for missing consent or a missing address</source>
        <translation>los retenidos, salvo por falta de consentimiento o de dirección</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>failed, held and sent ones</source>
        <translation>fallidos, retenidos y enviados</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>last changed on this day or later</source>
        <translation>cambiados por última vez este día o después</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>last changed on this day or earlier</source>
        <translation>cambiados por última vez este día o antes</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>only records of one batch</source>
        <translation>solo registros de un lote</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>a row is a whole number, 0 for none</source>
        <translation>una fila es un número entero, 0 si no hay</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>a delimiter is one sign: , ; | or tab</source>
        <translation>un separador es un solo signo: , ; | o tab</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>the days are a whole number from 1 to {longest}</source>
        <translation>los días son un número entero de 1 a {longest}</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>the number of lists is from 1 to {most}</source>
        <translation>el número de listas va de 1 a {most}</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>the pace is a whole number from {slowest} to {fastest}</source>
        <translation>el ritmo es un número entero de {slowest} a {fastest}</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>{message}; “{program} --help” tells more.</source>
        <translation>{message}; «{program} --help» dice más.</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>the values are {known}, or none</source>
        <translation>los valores son {known}, o none</translation>
    </message>
    <message>
        <location filename="console/parser.py"/>
        <source>a date reads like 2026-11-03</source>
        <translation>una fecha se escribe así: 2026-11-03</translation>
    </message>
    <message>
        <location filename="console/push.py"/>
        <source>{count} records wait again; “ac-desktop relay” sends them.</source>
        <translation>{count} registros esperan de nuevo; «ac-desktop relay» los envía.</translation>
    </message>
    <message>
        <location filename="console/push.py"/>
        <source>{count} held records were left alone: they lack consent, a good address or a page.</source>
        <translation>{count} registros retenidos quedaron como estaban: les falta consentimiento, una dirección válida o una página.</translation>
    </message>
    <message>
        <location filename="console/importing.py"/>
        <source>{told} Page ID:</source>
        <translation>{told} ID de la página:</translation>
    </message>
    <message>
        <location filename="console/importing.py"/>
        <source>{told} Add --page ID.</source>
        <translation>{told} Añada --page ID.</translation>
    </message>
    <message>
        <location filename="console/importing.py"/>
        <source>Nothing was queued.</source>
        <translation>No se puso nada en la cola.</translation>
    </message>
    <message>
        <location filename="console/importing.py"/>
        <source>{file} ({kind}): {receipt}</source>
        <translation>{file} ({kind}): {receipt}</translation>
    </message>
    <message>
        <location filename="console/importing.py"/>
        <source>“{name}” is {state}: nothing is relayed.</source>
        <translation>«{name}» está {state}: no se envía nada.</translation>
    </message>
    <message>
        <location filename="console/importing.py"/>
        <source>{why} Nothing was queued.</source>
        <translation>{why} No se puso nada en la cola.</translation>
    </message>
    <message>
        <location filename="console/importing.py"/>
        <source>{email} is skipped: {why}</source>
        <translation>{email} se omite: {why}</translation>
    </message>
    <message>
        <location filename="console/importing.py"/>
        <source>{email} is waiting.</source>
        <translation>{email} espera en la cola.</translation>
    </message>
    <message>
        <location filename="console/importing.py"/>
        <source>{told} Nothing was queued. Add --again to queue this donor again.</source>
        <translation>{told} No se puso nada en la cola. Agregue --again para poner a este donante otra vez en la cola.</translation>
    </message>
    <message>
        <location filename="console/importing.py"/>
        <source>{told} Queue this donor again?</source>
        <translation>{told} ¿Poner a este donante otra vez en la cola?</translation>
    </message>
    <message>
        <location filename="console/importing.py"/>
        <source>Queue these donors all the same?</source>
        <translation>¿Poner estos donantes en la cola de todos modos?</translation>
    </message>
    <message>
        <location filename="console/importing.py"/>
        <source>{file} ({kind}), checked only: {receipt}</source>
        <translation>{file} ({kind}), solo revisado: {receipt}</translation>
    </message>
    <message>
        <location filename="console/importing.py"/>
        <source>skipped</source>
        <translation>omitido</translation>
    </message>
    <message>
        <location filename="console/importing.py"/>
        <source>row {row}: {state}: {reason}</source>
        <translation>fila {row}: {state}: {reason}</translation>
    </message>
    <message>
        <location filename="console/importing.py"/>
        <source>Rows without a correction, left as they are: {count}.</source>
        <translation>Filas sin corrección, que quedan como están: {count}.</translation>
    </message>
    <message>
        <location filename="console/relay.py"/>
        <source>{sent} sent, {waiting} waiting, {held} held, {failed} failed, {skipped} skipped; “{name}” is {state}.</source>
        <translation>{sent} enviados, {waiting} en espera, {held} retenidos, {failed} fallidos, {skipped} omitidos; «{name}» está {state}.</translation>
    </message>
    <message>
        <location filename="console/relay.py"/>
        <source>“{name}” was switched off after five failures in a row. {why} {count} donors are waiting, none is lost.</source>
        <translation>«{name}» se desactivó tras cinco fallos seguidos. {why} Esperan {count} donantes; no se perdió ninguno.</translation>
    </message>
    <message>
        <location filename="console/relay.py"/>
        <source>“{name}” is paused; {count} donors wait.</source>
        <translation>«{name}» está en pausa; esperan {count} donantes.</translation>
    </message>
    <message>
        <location filename="console/relay.py"/>
        <source>{offer} Add --bulk to choose that.</source>
        <translation>{offer} Añada --bulk para elegirlo.</translation>
    </message>
    <message>
        <location filename="console/relay.py"/>
        <source>{count} failed</source>
        <translation>{count} fallidos</translation>
    </message>
    <message>
        <location filename="console/relay.py"/>
        <source>{count} held</source>
        <translation>{count} retenidos</translation>
    </message>
    <message>
        <location filename="console/relay.py"/>
        <source>{count} to confirm</source>
        <translation>{count} por confirmar</translation>
    </message>
    <message>
        <location filename="console/relay.py"/>
        <source>next try in {seconds} s</source>
        <translation>próximo intento en {seconds} s</translation>
    </message>
    <message>
        <location filename="console/relay.py"/>
        <source>ActiveCampaign is busy, {seconds} s</source>
        <translation>ActiveCampaign está ocupado, {seconds} s</translation>
    </message>
    <message>
        <location filename="console/relay.py"/>
        <source>offline, goes on by itself</source>
        <translation>sin conexión, sigue por sí solo</translation>
    </message>
    <message>
        <location filename="console/relay.py"/>
        <source> donors</source>
        <translation> donantes</translation>
    </message>
    <message>
        <location filename="console/relay.py"/>
        <source>What differs: {differs}</source>
        <translation>La diferencia: {differs}</translation>
    </message>
    <message>
        <location filename="console/restore.py"/>
        <source>{file} takes the place of the donor database, which is kept under another name. Donors who were relayed since then would be relayed once more.</source>
        <translation>{file} ocupa el lugar de la base de datos de donantes, que se guarda con otro nombre. Los donantes enviados desde entonces se enviarían otra vez.</translation>
    </message>
    <message>
        <location filename="console/restore.py"/>
        <source>The backup is back.</source>
        <translation>La copia de seguridad está de vuelta.</translation>
    </message>
    <message>
        <location filename="console/restore.py"/>
        <source>There is no backup in {folder}.</source>
        <translation>No hay ninguna copia de seguridad en {folder}.</translation>
    </message>
    <message>
        <location filename="console/restore.py"/>
        <source>The database that was there is kept as {file}.</source>
        <translation>La base de datos que estaba allí se guarda como {file}.</translation>
    </message>
    <message>
        <location filename="console/restore.py"/>
        <source>AC Desktop was updated. A copy of the donors as they were is kept in {file}.</source>
        <translation>AC Desktop se ha actualizado. Se guarda una copia de los donantes tal como estaban en {file}.</translation>
    </message>
    <message>
        <location filename="console/restore.py"/>
        <source>{told} Nothing was changed; add --yes if you want that.</source>
        <translation>{told} No se cambió nada; añada --yes si lo desea.</translation>
    </message>
    <message>
        <location filename="console/restore.py"/>
        <source>{told} Bring it back?</source>
        <translation>{told} ¿Recuperarla?</translation>
    </message>
    <message>
        <location filename="console/restore.py"/>
        <source>Nothing was changed.</source>
        <translation>No se cambió nada.</translation>
    </message>
    <message>
        <location filename="console/restore.py"/>
        <source>There is no backup.</source>
        <translation>No hay ninguna copia de seguridad.</translation>
    </message>
    <message>
        <location filename="console/restore.py"/>
        <source>There is a backup of {day}; “ac-desktop restore” brings it back.</source>
        <translation>Hay una copia de seguridad del {day}; «ac-desktop restore» la recupera.</translation>
    </message>
    <message>
        <location filename="console/queries.py"/>
        <source>{at}  {email}  {outcome}  ({steps})  streak {streak}{why}</source>
        <translation>{at}  {email}  {outcome}  ({steps})  fallos seguidos {streak}{why}</translation>
    </message>
    <message>
        <location filename="console/queries.py"/>
        <source>{email} and {others} others</source>
        <translation>{email} y {others} más</translation>
    </message>
    <message>
        <location filename="console/queries.py"/>
        <source>{count} records are written to {file}.</source>
        <translation>{count} registros están escritos en {file}.</translation>
    </message>
    <message>
        <location filename="console/queries.py"/>
        <source>There is no connection yet. Set one up with “ac-desktop connect”.</source>
        <translation>Todavía no hay ninguna conexión. Configure una con «ac-desktop connect».</translation>
    </message>
    <message>
        <location filename="console/terminal.py"/>
        <source> [y/N] </source>
        <translation> [s/N] </translation>
    </message>
    <message>
        <location filename="console/terminal.py"/>
        <source>y</source>
        <translation>s</translation>
    </message>
    <message>
        <location filename="console/terminal.py"/>
        <source>yes</source>
        <translation>sí</translation>
    </message>
    <message>
        <location filename="console/verify.py"/>
        <source>On the list: {there} of {sent} sent donors. Left or not active: {left}. Not found: {missing}. Nothing was changed.</source>
        <translation>En la lista: {there} de {sent} donantes enviados. Dados de baja o no activos: {left}. No encontrados: {missing}. No se cambió nada.</translation>
    </message>
    <message>
        <location filename="console/verify.py"/>
        <source>left the list or not active</source>
        <translation>dado de baja o no activo</translation>
    </message>
    <message>
        <location filename="console/verify.py"/>
        <source>not found on the list</source>
        <translation>no encontrado en la lista</translation>
    </message>
    <message>
        <location filename="console/state_names.py"/>
        <source>active</source>
        <translation>activa</translation>
    </message>
    <message>
        <location filename="console/state_names.py"/>
        <source>paused</source>
        <translation>en pausa</translation>
    </message>
    <message>
        <location filename="console/state_names.py"/>
        <source>inactive</source>
        <translation>inactiva</translation>
    </message>
    <message>
        <location filename="console/state_names.py"/>
        <source>sent</source>
        <translation>enviado</translation>
    </message>
    <message>
        <location filename="console/state_names.py"/>
        <source>waiting</source>
        <translation>en espera</translation>
    </message>
    <message>
        <location filename="console/state_names.py"/>
        <source>failed</source>
        <translation>fallido</translation>
    </message>
    <message>
        <location filename="console/state_names.py"/>
        <source>taken</source>
        <translation>recibido</translation>
    </message>
    <message>
        <location filename="display.py"/>
        <source>The window needs system libraries that are missing here. On Debian or Ubuntu: sudo apt install {debian}. On Fedora: sudo dnf install {fedora}. “ac-desktop import” and “ac-desktop relay” work without them.</source>
        <translation>La ventana necesita bibliotecas del sistema que faltan aquí. En Debian o Ubuntu: sudo apt install {debian}. En Fedora: sudo dnf install {fedora}. «ac-desktop import» y «ac-desktop relay» funcionan sin ellas.</translation>
    </message>
    <message>
        <location filename="display.py"/>
        <source>There is no display to open the window on. “ac-desktop import” and “ac-desktop relay” do the same job on the console; “ac-desktop --help” tells how.</source>
        <translation>No hay ninguna pantalla donde abrir la ventana. «ac-desktop import» y «ac-desktop relay» hacen lo mismo en la terminal; «ac-desktop --help» dice cómo.</translation>
    </message>
    <message>
        <location filename="importing/formats/archive.py"/>
        <source>“{name}” is cut off or damaged.</source>
        <translation>«{name}» está cortado o dañado.</translation>
    </message>
    <message>
        <location filename="importing/formats/archive.py"/>
        <source>Download or copy it again.</source>
        <translation>Descárguelo o cópielo de nuevo.</translation>
    </message>
    <message>
        <location filename="importing/formats/archive.py"/>
        <source>“{name}” holds too many files.</source>
        <translation>«{name}» contiene demasiados archivos.</translation>
    </message>
    <message>
        <location filename="importing/formats/archive.py"/>
        <source>Import them in smaller parts.</source>
        <translation>Impórtelos en partes más pequeñas.</translation>
    </message>
    <message>
        <location filename="importing/formats/archive.py"/>
        <source>“{name}” holds no file that can be read.</source>
        <translation>«{name}» no contiene ningún archivo que se pueda leer.</translation>
    </message>
    <message>
        <location filename="importing/formats/archive.py"/>
        <source>What can be read: {endings}.</source>
        <translation>Se pueden leer: {endings}.</translation>
    </message>
    <message>
        <location filename="importing/formats/archive.py"/>
        <source>“{name}” holds these files: {files}.</source>
        <translation>«{name}» contiene estos archivos: {files}.</translation>
    </message>
    <message>
        <location filename="importing/formats/archive.py"/>
        <source>Choose one of them.</source>
        <translation>Elija uno de ellos.</translation>
    </message>
    <message>
        <location filename="importing/formats/archive.py"/>
        <source>“{name}” would unpack to {size} MB, which no donor file does.</source>
        <translation>«{name}» ocuparía {size} MB descomprimido, más que ningún archivo de donantes.</translation>
    </message>
    <message>
        <location filename="importing/formats/archive.py"/>
        <source>Unpack it yourself if you trust it, and import the file that is in it.</source>
        <translation>Descomprímalo usted si confía en él, e importe el archivo que contiene.</translation>
    </message>
    <message>
        <location filename="importing/formats/archive.py"/>
        <source>“{name}” is protected by a password.</source>
        <translation>«{name}» está protegido con contraseña.</translation>
    </message>
    <message>
        <location filename="importing/formats/archive.py"/>
        <source>Unpack it, and import the file that is in it.</source>
        <translation>Descomprímalo e importe el archivo que contiene.</translation>
    </message>
    <message>
        <location filename="importing/validation/table_validator.py"/>
        <source>“{name}” has no column with e-mail addresses.</source>
        <translation>«{name}» no tiene ninguna columna con direcciones de correo.</translation>
    </message>
    <message>
        <location filename="importing/validation/table_validator.py"/>
        <source>Say which column it is, or export the file again with the donors' e-mail addresses.</source>
        <translation>Indique qué columna es, o exporte de nuevo el archivo con las direcciones de correo de los donantes.</translation>
    </message>
    <message>
        <location filename="importing/report_corrections.py"/>
        <source>“{name}” looks like an AC Desktop report, but its headings or its marks are missing.</source>
        <translation>“{name}” parece un informe de AC Desktop, pero le faltan los encabezados o las marcas.</translation>
    </message>
    <message>
        <location filename="importing/report_corrections.py"/>
        <source>Export the report again and keep its first row and its column “Relay mark”.</source>
        <translation>Exporte el informe de nuevo y conserve su primera fila y su columna “Relay mark”.</translation>
    </message>
    <message>
        <location filename="importing/report_corrections.py"/>
        <source>“{name}” is a report from another computer or another data folder.</source>
        <translation>“{name}” es un informe de otra computadora o de otra carpeta de datos.</translation>
    </message>
    <message>
        <location filename="importing/report_corrections.py"/>
        <source>Import it where it was exported.</source>
        <translation>Impórtelo donde fue exportado.</translation>
    </message>
    <message>
        <location filename="importing/report_corrections.py"/>
        <source>“{name}” is a report of another connection.</source>
        <translation>“{name}” es un informe de otra conexión.</translation>
    </message>
    <message>
        <location filename="importing/report_corrections.py"/>
        <source>Import it into the connection it was exported from.</source>
        <translation>Impórtelo en la conexión de la que fue exportado.</translation>
    </message>
    <message>
        <location filename="importing/formats/delimited.py"/>
        <source>In “{name}” a quotation mark is opened in row {row} and not closed properly, so the rows from there on cannot be told apart.</source>
        <translation>En «{name}» se abre una comilla en la fila {row} y no se cierra bien, así que desde ahí las filas no se distinguen.</translation>
    </message>
    <message>
        <location filename="importing/formats/delimited.py"/>
        <source>Correct that row, or export the file again.</source>
        <translation>Corrija esa fila o exporte de nuevo el archivo.</translation>
    </message>
    <message>
        <location filename="importing/formats/delimited.py"/>
        <source>“{name}” holds no rows.</source>
        <translation>«{name}» no contiene filas.</translation>
    </message>
    <message>
        <location filename="importing/formats/delimited.py"/>
        <source>Export it again.</source>
        <translation>Expórtelo de nuevo.</translation>
    </message>
    <message>
        <location filename="importing/formats/delimited.py"/>
        <source>“{delimiter}” cannot part cells.</source>
        <translation>«{delimiter}» no puede separar celdas.</translation>
    </message>
    <message>
        <location filename="importing/formats/delimited.py"/>
        <source>Choose a comma, a semicolon, a tab or a bar.</source>
        <translation>Elija una coma, un punto y coma, un tabulador o una barra.</translation>
    </message>
    <message>
        <location filename="importing/formats/delimited.py"/>
        <source>“{name}” is not a table: by its contents it is a web page or a document.</source>
        <translation>«{name}» no es una tabla: por su contenido es una página web o un documento.</translation>
    </message>
    <message>
        <location filename="importing/formats/delimited.py"/>
        <source>Open it in a spreadsheet program and save it as CSV or XLSX.</source>
        <translation>Ábralo con una hoja de cálculo y guárdelo como CSV o XLSX.</translation>
    </message>
    <message>
        <location filename="importing/formats/encoding.py"/>
        <source>“{name}” is not a text file: it holds NUL bytes.</source>
        <translation>«{name}» no es un archivo de texto: contiene bytes NUL.</translation>
    </message>
    <message>
        <location filename="importing/formats/encoding.py"/>
        <source>If it is a workbook, give it its right ending (.xlsx, .xls, .ods); else export it again as CSV.</source>
        <translation>Si es un libro de cálculo, póngale su extensión correcta (.xlsx, .xls, .ods); si no, expórtelo de nuevo como CSV.</translation>
    </message>
    <message>
        <location filename="importing/formats/encoding.py"/>
        <source>“{name}” is not written in {encoding}.</source>
        <translation>«{name}» no está escrito en {encoding}.</translation>
    </message>
    <message>
        <location filename="importing/formats/encoding.py"/>
        <source>Choose another encoding, for example windows-1252.</source>
        <translation>Elija otra codificación, por ejemplo windows-1252.</translation>
    </message>
    <message>
        <location filename="importing/formats/encoding.py"/>
        <source>“{name}” is empty.</source>
        <translation>«{name}» está vacío.</translation>
    </message>
    <message>
        <location filename="importing/formats/encoding.py"/>
        <source>“{name}” holds a line of more than 8 million characters, so it is not a donor file.</source>
        <translation>«{name}» contiene una línea de más de 8 millones de caracteres, así que no es un archivo de donantes.</translation>
    </message>
    <message>
        <location filename="importing/formats/encoding.py"/>
        <source>Export it again as CSV.</source>
        <translation>Expórtelo de nuevo como CSV.</translation>
    </message>
    <message>
        <location filename="importing/formats/encoding.py"/>
        <source>There is no encoding called “{encoding}”.</source>
        <translation>No existe ninguna codificación llamada «{encoding}».</translation>
    </message>
    <message>
        <location filename="importing/formats/encoding.py"/>
        <source>Try utf-8, windows-1252 or utf-16.</source>
        <translation>Pruebe con utf-8, windows-1252 o utf-16.</translation>
    </message>
    <message>
        <location filename="importing/errors.py"/>
        <source>{what} Nothing was queued. {advice}</source>
        <translation>{what} No se puso nada en la cola. {advice}</translation>
    </message>
    <message>
        <location filename="importing/pipeline.py"/>
        <source>Typed in</source>
        <translation>Escrito a mano</translation>
    </message>
    <message>
        <location filename="importing/pipeline.py"/>
        <source>{email} was already sent on {date}.</source>
        <translation>{email} ya fue enviado el {date}.</translation>
    </message>
    <message>
        <location filename="importing/pipeline.py"/>
        <source>{email} is already in the queue, since {date}.</source>
        <translation>{email} ya está en la cola desde el {date}.</translation>
    </message>
    <message>
        <location filename="importing/pipeline.py"/>
        <source>{email} is already in the queue and needs to be fixed.</source>
        <translation>{email} ya está en la cola y hay que corregirlo.</translation>
    </message>
    <message>
        <location filename="importing/reader_process.py"/>
        <source>Reading was stopped. Nothing was queued.</source>
        <translation>La lectura se detuvo. No se puso nada en la cola.</translation>
    </message>
    <message>
        <location filename="importing/reader_process.py"/>
        <source>This connection is no longer there. Nothing was queued.</source>
        <translation>Esta conexión ya no existe. No se puso nada en la cola.</translation>
    </message>
    <message>
        <location filename="model/import_result.py"/>
        <source>{rows} rows = {sent} sent + {waiting} waiting + {held} held + {skipped} skipped + {failed} failed</source>
        <translation>{rows} filas = {sent} enviadas + {waiting} en espera + {held} retenidas + {skipped} omitidas + {failed} fallidas</translation>
    </message>
    <message>
        <location filename="model/import_result.py"/>
        <source>{account}. This does not add up: it makes {told}.</source>
        <translation>{account}. No cuadra: suma {told}.</translation>
    </message>
    <message>
        <location filename="model/import_result.py"/>
        <source>{account} + {count} being sent</source>
        <translation>{account} + {count} enviándose</translation>
    </message>
    <message>
        <location filename="model/import_result.py"/>
        <source>{account} + {count} withdrawn</source>
        <translation>{account} + {count} retiradas</translation>
    </message>
    <message>
        <location filename="reporting/import_result_file.py"/>
        <source>Receipt</source>
        <translation>Recibo</translation>
    </message>
    <message>
        <location filename="reporting/import_result_file.py"/>
        <source>File</source>
        <translation>Archivo</translation>
    </message>
    <message>
        <location filename="reporting/import_result_file.py"/>
        <source>SHA-256 of the file</source>
        <translation>SHA-256 del archivo</translation>
    </message>
    <message>
        <location filename="reporting/import_result_file.py"/>
        <source>Recognised as</source>
        <translation>Reconocido como</translation>
    </message>
    <message>
        <location filename="reporting/import_result_file.py"/>
        <source>Connection</source>
        <translation>Conexión</translation>
    </message>
    <message>
        <location filename="reporting/import_result_file.py"/>
        <source>Account</source>
        <translation>Cuenta</translation>
    </message>
    <message>
        <location filename="reporting/import_result_file.py"/>
        <source>List</source>
        <translation>Lista</translation>
    </message>
    <message>
        <location filename="reporting/import_result_file.py"/>
        <source>Queued</source>
        <translation>Puesto en cola</translation>
    </message>
    <message>
        <location filename="reporting/import_result_file.py"/>
        <source>By</source>
        <translation>Por</translation>
    </message>
    <message>
        <location filename="reporting/import_result_file.py"/>
        <source>Rows</source>
        <translation>Filas</translation>
    </message>
    <message>
        <location filename="reporting/import_result_file.py"/>
        <source>Sent</source>
        <translation>Enviado</translation>
    </message>
    <message>
        <location filename="reporting/import_result_file.py"/>
        <source>Waiting</source>
        <translation>En espera</translation>
    </message>
    <message>
        <location filename="reporting/import_result_file.py"/>
        <source>Held</source>
        <translation>Retenido</translation>
    </message>
    <message>
        <location filename="reporting/import_result_file.py"/>
        <source>Skipped</source>
        <translation>Omitido</translation>
    </message>
    <message>
        <location filename="reporting/import_result_file.py"/>
        <source>Failed</source>
        <translation>Fallido</translation>
    </message>
    <message>
        <location filename="reporting/import_result_file.py"/>
        <source>Withdrawn</source>
        <translation>Retirado</translation>
    </message>
    <message>
        <location filename="reporting/import_result_file.py"/>
        <source>Balance</source>
        <translation>Balance</translation>
    </message>
    <message>
        <location filename="importing/detection/detect.py"/>
        <source>“{name}” has no column “{column}”. Its columns are: {columns}.</source>
        <translation>«{name}» no tiene la columna «{column}». Sus columnas son: {columns}.</translation>
    </message>
    <message>
        <location filename="importing/detection/detect.py"/>
        <source>Which column holds the donors' e-mail addresses?</source>
        <translation>¿Qué columna contiene las direcciones de correo de los donantes?</translation>
    </message>
    <message>
        <location filename="importing/detection/detect.py"/>
        <source>“{entry}” is not field=COLUMN. The fields are: {fields}.</source>
        <translation>«{entry}» no tiene la forma campo=COLUMNA. Los campos son: {fields}.</translation>
    </message>
    <message>
        <location filename="importing/detection/detect.py"/>
        <source>The field {field} is given twice. Name one column for it.</source>
        <translation>El campo {field} se da dos veces. Indique una sola columna para él.</translation>
    </message>
    <message>
        <location filename="importing/detection/detect.py"/>
        <source>{label}: the columns {names} tell.</source>
        <translation>{label}: lo dicen las columnas {names}.</translation>
    </message>
    <message>
        <location filename="importing/detection/detect.py"/>
        <source>The columns prove no origin; common headings were looked for.</source>
        <translation>Las columnas no prueban ningún origen; se buscaron encabezados comunes.</translation>
    </message>
    <message>
        <location filename="importing/detection/detect.py"/>
        <source>There is no header; the columns were told by what is in them. Are the names right?</source>
        <translation>No hay encabezado; las columnas se reconocieron por su contenido. ¿Son correctos los nombres?</translation>
    </message>
    <message>
        <location filename="importing/detection/detect.py"/>
        <source>There is one column for the whole name. It is parted at its last blank; is that right?</source>
        <translation>Hay una sola columna para el nombre completo. Se divide en su último espacio; ¿es correcto?</translation>
    </message>
    <message>
        <location filename="importing/detection/detect.py"/>
        <source>Do the dates name the day or the month first? Until that is known, the later row counts as newer.</source>
        <translation>¿Las fechas nombran primero el día o el mes? Mientras no se sepa, la fila posterior cuenta como más reciente.</translation>
    </message>
    <message>
        <location filename="importing/detection/detect.py"/>
        <source>You chose “{column}” for {field}.</source>
        <translation>Usted eligió «{column}» para {field}.</translation>
    </message>
    <message>
        <location filename="importing/detection/detect.py"/>
        <source>Several columns could be {field}: “{taken}” was taken, not {others}.</source>
        <translation>Varias columnas podrían ser {field}: se tomó «{taken}», no {others}.</translation>
    </message>
    <message>
        <location filename="importing/detection/detect.py"/>
        <source>The dates cannot be read (“{sample}”), so the later row counts as newer.</source>
        <translation>Las fechas no se pueden leer («{sample}»), así que la fila posterior cuenta como más reciente.</translation>
    </message>
    <message>
        <location filename="importing/detection/profiles.py"/>
        <source>The recogniser file “{name}” cannot be used: {detail}. Correct it, or take it out of its folder.</source>
        <translation>El archivo de reconocimiento «{name}» no se puede usar: {detail}. Corríjalo o sáquelo de su carpeta.</translation>
    </message>
    <message>
        <location filename="reporting/report.py"/>
        <source>The report “{name}” could not be written ({detail}). Close it in other programs, or choose another folder.</source>
        <translation>El informe «{name}» no se pudo escribir ({detail}). Ciérrelo en otros programas o elija otra carpeta.</translation>
    </message>
    <message>
        <location filename="importing/formats/source.py"/>
        <source>“{name}” is not a file but a pipe, a device or a socket.</source>
        <translation>“{name}” no es un archivo, sino una tubería, un dispositivo o un socket.</translation>
    </message>
    <message>
        <location filename="importing/formats/source.py"/>
        <source>Save the donors in a file, and import that.</source>
        <translation>Guarde los donantes en un archivo e impórtelo.</translation>
    </message>
    <message>
        <location filename="importing/formats/source.py"/>
        <source>“{name}” could not be read ({detail}).</source>
        <translation>«{name}» no se pudo leer ({detail}).</translation>
    </message>
    <message>
        <location filename="importing/formats/source.py"/>
        <source>Check that it is there, that no other program holds it, and that you may open it.</source>
        <translation>Compruebe que está ahí, que ningún otro programa lo retiene y que usted puede abrirlo.</translation>
    </message>
    <message>
        <location filename="importing/formats/source.py"/>
        <source>“{name}” is a folder.</source>
        <translation>«{name}» es una carpeta.</translation>
    </message>
    <message>
        <location filename="importing/formats/source.py"/>
        <source>Choose one of the files in it, or all of them.</source>
        <translation>Elija uno de sus archivos, o todos.</translation>
    </message>
    <message>
        <location filename="importing/formats/source.py"/>
        <source>“{name}” was changed while it was being read.</source>
        <translation>«{name}» cambió mientras se leía.</translation>
    </message>
    <message>
        <location filename="importing/formats/source.py"/>
        <source>Wait until it is complete, then import it again.</source>
        <translation>Espere a que esté completo e impórtelo de nuevo.</translation>
    </message>
    <message>
        <location filename="importing/staging.py"/>
        <source>“{name}” names no action page, and this connection takes only some pages. Nothing was queued. Say which page its donors came from.</source>
        <translation>«{name}» no nombra ninguna página de acción, y esta conexión solo toma algunas páginas. No se puso nada en la cola. Indique de qué página vienen sus donantes.</translation>
    </message>
    <message>
        <location filename="importing/staging.py"/>
        <source>“{name}” has a header but no donors below it. Nothing was queued.</source>
        <translation>«{name}» tiene encabezado pero ningún donante debajo. No se puso nada en la cola.</translation>
    </message>
    <message>
        <location filename="importing/staging.py"/>
        <source>No row of the report “{name}” was corrected.</source>
        <translation>No se corrigió ninguna fila del informe “{name}”.</translation>
    </message>
    <message>
        <location filename="importing/staging.py"/>
        <source>Correct the columns Email, First name, Last name, Phone or Page, save the report, and import it.</source>
        <translation>Corrija las columnas Email, First name, Last name, Phone o Page, guarde el informe e impórtelo.</translation>
    </message>
    <message>
        <location filename="importing/formats/table.py"/>
        <source>Pasted text</source>
        <translation>Texto pegado</translation>
    </message>
    <message>
        <location filename="importing/formats/table.py"/>
        <source>“{name}” is not a kind of file that holds donors.</source>
        <translation>«{name}» no es un tipo de archivo que contenga donantes.</translation>
    </message>
    <message>
        <location filename="importing/formats/table.py"/>
        <source>What can be read: {endings}, and rows pasted from a spreadsheet.</source>
        <translation>Se pueden leer: {endings}, y filas pegadas desde una hoja de cálculo.</translation>
    </message>
    <message>
        <location filename="importing/formats/table.py"/>
        <source>There is nothing to paste.</source>
        <translation>No hay nada que pegar.</translation>
    </message>
    <message>
        <location filename="importing/formats/table.py"/>
        <source>Copy the rows again, with their header if there is one.</source>
        <translation>Copie las filas de nuevo, con su encabezado si lo hay.</translation>
    </message>
    <message>
        <location filename="importing/formats/table.py"/>
        <source>“{name}” has more columns than any spreadsheet.</source>
        <translation>«{name}» tiene más columnas que cualquier hoja de cálculo.</translation>
    </message>
    <message>
        <location filename="importing/formats/table.py"/>
        <source>It may be read with a wrong delimiter; export it again, with the donors' columns alone.</source>
        <translation>Puede que se lea con un separador equivocado; vuelva a exportarlo, solo con las columnas de los donantes.</translation>
    </message>
    <message>
        <location filename="importing/formats/table.py"/>
        <source>“{name}” has no row {row} that could be its header.</source>
        <translation>«{name}» no tiene una fila {row} que pueda ser su encabezado.</translation>
    </message>
    <message>
        <location filename="importing/formats/table.py"/>
        <source>Choose another row.</source>
        <translation>Elija otra fila.</translation>
    </message>
    <message>
        <location filename="importing/formats/table.py"/>
        <source>Choose other dates in the export, or another sheet.</source>
        <translation>Elija otras fechas en la exportación, u otra hoja.</translation>
    </message>
    <message>
        <location filename="importing/formats/table.py"/>
        <source>“{name}” has a header, but no donors below it.</source>
        <translation>«{name}» tiene encabezado, pero ningún donante debajo.</translation>
    </message>
    <message>
        <location filename="importing/formats/table.py"/>
        <source>“{name}” holds no donors.</source>
        <translation>«{name}» no contiene donantes.</translation>
    </message>
    <message>
        <location filename="importing/detection/unread_text.py"/>
        <source>The column {column} is not used. Its values are {values}.</source>
        <translation>La columna {column} no se usa. Sus valores son {values}.</translation>
    </message>
    <message>
        <location filename="importing/detection/unread_text.py"/>
        <source>{values}, other values {number}</source>
        <translation>{values}, otros valores {number}</translation>
    </message>
    <message>
        <location filename="importing/detection/unread_text.py"/>
        <source>Some values of the column {column} are not used: {values}.</source>
        <translation>Algunos valores de la columna {column} no se usan: {values}.</translation>
    </message>
    <message>
        <location filename="reporting/verification_file.py"/>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <location filename="reporting/verification_file.py"/>
        <source>Email</source>
        <translation>Correo</translation>
    </message>
    <message>
        <location filename="reporting/verification_file.py"/>
        <source>On the list</source>
        <translation>En la lista</translation>
    </message>
    <message>
        <location filename="importing/validation/warnings.py"/>
        <source>The phone reads {phone}: a spreadsheet shortened it before it reached us. It is left out; the rest of the row can be relayed.</source>
        <translation>El teléfono dice {phone}: una hoja de cálculo lo acortó antes de llegar aquí. Se omite; el resto de la fila se puede enviar.</translation>
    </message>
    <message>
        <location filename="importing/validation/warnings.py"/>
        <source>The phone {phone} has fewer than 7 or more than 15 digits.</source>
        <translation>El teléfono {phone} tiene menos de 7 o más de 15 cifras.</translation>
    </message>
    <message>
        <location filename="importing/validation/warnings.py"/>
        <source>“{phone}” is not a phone number. It is left out.</source>
        <translation>«{phone}» no es un número de teléfono. Se omite.</translation>
    </message>
    <message>
        <location filename="importing/validation/warnings.py"/>
        <source>Is {suggestion} meant instead of {email}?</source>
        <translation>¿Se quería decir {suggestion} en vez de {email}?</translation>
    </message>
    <message>
        <location filename="importing/validation/warnings.py"/>
        <source>There are several addresses in one cell; {email} was taken.</source>
        <translation>Hay varias direcciones en una celda; se tomó {email}.</translation>
    </message>
    <message>
        <location filename="importing/validation/warnings.py"/>
        <source>{email} was taken out of “{cell}”.</source>
        <translation>{email} se extrajo de «{cell}».</translation>
    </message>
    <message>
        <location filename="importing/validation/warnings.py"/>
        <source>The name “{name}” is an e-mail address. It is left out.</source>
        <translation>El nombre «{name}» es una dirección de correo. Se omite.</translation>
    </message>
    <message>
        <location filename="importing/validation/warnings.py"/>
        <source>The file says that this person is not to be contacted.</source>
        <translation>El archivo dice que no se debe contactar con esta persona.</translation>
    </message>
    <message>
        <location filename="importing/formats/webhook.py"/>
        <source>“{name}” does not hold webhook bodies: {detail}.</source>
        <translation>«{name}» no contiene cuerpos de webhook: {detail}.</translation>
    </message>
    <message>
        <location filename="importing/formats/webhook.py"/>
        <source>Save the bodies again, one JSON object a line.</source>
        <translation>Guarde los cuerpos de nuevo, un objeto JSON por línea.</translation>
    </message>
    <message>
        <location filename="importing/formats/webhook.py"/>
        <source>“{name}” is not whole JSON: it is cut off or damaged.</source>
        <translation>«{name}» no es JSON completo: está cortado o dañado.</translation>
    </message>
    <message>
        <location filename="importing/formats/webhook.py"/>
        <source>Save the webhook bodies again, one JSON object a line.</source>
        <translation>Guarde los cuerpos de webhook de nuevo, un objeto JSON por línea.</translation>
    </message>
    <message>
        <location filename="importing/formats/webhook.py"/>
        <source>it has more than {count} fields</source>
        <translation>tiene más de {count} campos</translation>
    </message>
    <message>
        <location filename="importing/formats/webhook.py"/>
        <source>its entry {number} is not an object</source>
        <translation>su entrada {number} no es un objeto</translation>
    </message>
    <message>
        <location filename="importing/formats/webhook.py"/>
        <source>an entry cannot be read to its end</source>
        <translation>una entrada no se puede leer hasta el final</translation>
    </message>
    <message>
        <location filename="importing/formats/workbook.py"/>
        <source>“{name}” has no sheet “{sheet}”.</source>
        <translation>«{name}» no tiene la hoja «{sheet}».</translation>
    </message>
    <message>
        <location filename="importing/formats/workbook.py"/>
        <source>Its sheets are: {sheets}.</source>
        <translation>Sus hojas son: {sheets}.</translation>
    </message>
    <message>
        <location filename="importing/formats/workbook.py"/>
        <source>Open it in a spreadsheet program, remove the password, and save it again.</source>
        <translation>Ábralo con una hoja de cálculo, quite la contraseña y guárdelo de nuevo.</translation>
    </message>
    <message>
        <location filename="importing/formats/workbook.py"/>
        <source>“{name}” is larger than any workbook we can open.</source>
        <translation>«{name}» es mayor que cualquier libro de cálculo que podamos abrir.</translation>
    </message>
    <message>
        <location filename="importing/formats/workbook.py"/>
        <source>Save the sheet as CSV; a CSV file may be of any size.</source>
        <translation>Guarde la hoja como CSV; un archivo CSV puede tener cualquier tamaño.</translation>
    </message>
    <message>
        <location filename="importing/formats/workbook.py"/>
        <source>“{name}” is no workbook that can be opened: it is cut off, damaged, or of another kind.</source>
        <translation>«{name}» no es un libro de cálculo que se pueda abrir: está cortado, dañado o es de otro tipo.</translation>
    </message>
    <message>
        <location filename="importing/formats/workbook.py"/>
        <source>Open it in a spreadsheet program and save it again as XLSX or CSV.</source>
        <translation>Ábralo con una hoja de cálculo y guárdelo de nuevo como XLSX o CSV.</translation>
    </message>
    <message>
        <location filename="importing/formats/workbook_bounds.py"/>
        <source>A sheet of “{name}” has cells so far apart that it cannot be opened.</source>
        <translation>Una hoja de «{name}» tiene celdas tan separadas que no se puede abrir.</translation>
    </message>
    <message>
        <location filename="importing/formats/workbook_bounds.py"/>
        <source>Copy the donors' rows to a new sheet, or save them as CSV.</source>
        <translation>Copie las filas de los donantes a una hoja nueva, o guárdelas como CSV.</translation>
    </message>
    <message>
        <location filename="importing/formats/workbook_bounds.py"/>
        <source>“{name}” holds long texts in so many cells that it cannot be opened.</source>
        <translation>“{name}” tiene textos largos en tantas celdas que no se puede abrir.</translation>
    </message>
    <message>
        <location filename="importing/formats/workbook_bounds.py"/>
        <source>Copy the donors' columns to a new sheet, or save them as CSV.</source>
        <translation>Copie las columnas de los donantes a una hoja nueva, o guárdelas como CSV.</translation>
    </message>
    <message>
        <location filename="importing/formats/workbook_guard.py"/>
        <source>“{name}” is a binary workbook (.xlsb).</source>
        <translation>«{name}» es un libro binario (.xlsb).</translation>
    </message>
    <message>
        <location filename="importing/formats/workbook_guard.py"/>
        <source>Save it as .xlsx or CSV in your spreadsheet program.</source>
        <translation>Guárdelo como .xlsx o CSV en su programa de hojas de cálculo.</translation>
    </message>
    <message>
        <location filename="importing/formats/workbook_guard.py"/>
        <source>Download or copy it again, or save it as CSV.</source>
        <translation>Descárguelo o cópielo de nuevo, o guárdelo como CSV.</translation>
    </message>
    <message>
        <location filename="faults.py"/>
        <source>AC Desktop made a mistake of its own and stopped this step. Your donors are safe in the queue. Please send us the report {place}; it holds no key and no donor.</source>
        <translation>AC Desktop cometió un error propio y detuvo este paso. Sus donantes están a salvo en la cola. Envíenos por favor el informe {place}; no contiene ninguna clave ni ningún donante.</translation>
    </message>
    <message>
        <location filename="faults.py"/>
        <source>(it could not be written)</source>
        <translation>(no se pudo escribir)</translation>
    </message>
    <message>
        <location filename="model/address.py"/>
        <source>This is not a web address. Copy the API URL from ActiveCampaign, Settings, Developer.</source>
        <translation>Esto no es una dirección web. Copie la URL de la API desde ActiveCampaign, Settings, Developer.</translation>
    </message>
    <message>
        <location filename="model/address.py"/>
        <source>An API URL starts with https://, not with {scheme}://.</source>
        <translation>Una URL de API empieza por https://, no por {scheme}://.</translation>
    </message>
    <message>
        <location filename="model/address.py"/>
        <source>ActiveCampaign has no port {port}. Leave the number after the colon out.</source>
        <translation>ActiveCampaign no tiene el puerto {port}. Quite el número tras los dos puntos.</translation>
    </message>
    <message>
        <location filename="model/address.py"/>
        <source>Please enter the whole API URL, not the account name alone.</source>
        <translation>Escriba la URL completa de la API, no solo el nombre de la cuenta.</translation>
    </message>
    <message>
        <location filename="model/address.py"/>
        <source>“{host}” cannot be the address of an ActiveCampaign account.</source>
        <translation>«{host}» no puede ser la dirección de una cuenta de ActiveCampaign.</translation>
    </message>
    <message>
        <location filename="model/address.py"/>
        <source>There is no port {port}.</source>
        <translation>No existe el puerto {port}.</translation>
    </message>
    <message>
        <location filename="model/address.py"/>
        <source>“{text}” is not a list number. It stands in the list's web address after “listid=”.</source>
        <translation>«{text}» no es un número de lista. Está en la dirección web de la lista, tras «listid=».</translation>
    </message>
    <message>
        <location filename="model/address.py"/>
        <source>Please enter the API key from ActiveCampaign, Settings, Developer.</source>
        <translation>Escriba la clave de API de ActiveCampaign, Settings, Developer.</translation>
    </message>
    <message>
        <location filename="model/address.py"/>
        <source>This is not a key: it holds a space or a sign that keys do not have. Copy it again.</source>
        <translation>Esto no es una clave: contiene un espacio o un signo que las claves no tienen. Cópiela de nuevo.</translation>
    </message>
    <message>
        <location filename="model/address.py"/>
        <source>Please give the address without a user name or an @ sign.</source>
        <translation>Escriba la dirección sin nombre de usuario ni signo @.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This row has no e-mail address.</source>
        <translation>Esta fila no tiene dirección de correo.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>duplicate of row {row}</source>
        <translation>duplicado de la fila {row}</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>Page “{page}” is excluded from this connection.</source>
        <translation>La página «{page}» está excluida de esta conexión.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>Page “{page}” is not one of this connection's pages.</source>
        <translation>La página «{page}» no es una de las páginas de esta conexión.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>Page “{page}” does not belong to team “{team}”.</source>
        <translation>La página «{page}» no pertenece al equipo «{team}».</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This row names no action page, and this connection takes only some pages.</source>
        <translation>Esta fila no nombra ninguna página de acción, y esta conexión solo toma algunas páginas.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>Whether this row belongs to team “{team}” cannot be told.</source>
        <translation>No se puede saber si esta fila pertenece al equipo «{team}».</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This row belongs to team “{other}”, not to “{team}”.</source>
        <translation>Esta fila pertenece al equipo «{other}», no a «{team}».</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This row is not a donation: its type is “{kind}”.</source>
        <translation>Esta fila no es una donación: su tipo es «{kind}».</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This donation was not completed: its status is “{status}”.</source>
        <translation>Esta donación no se completó: su estado es «{status}».</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This is a test donation.</source>
        <translation>Es una donación de prueba.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This donation was refunded.</source>
        <translation>Esta donación se reembolsó.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This row has {found} cells where the header has {expected}, so its columns may have moved.</source>
        <translation>Esta fila tiene {found} celdas y el encabezado {expected}, así que sus columnas pueden haberse movido.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>The file says not to email this person: “{column}” is “{value}”.</source>
        <translation>El archivo dice que no se escriba a esta persona: “{column}” es “{value}”.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>The column “{column}” says whether this person may be emailed. Its value “{value}” can't be understood.</source>
        <translation>La columna “{column}” dice si se puede escribir a esta persona. Su valor “{value}” no se entiende.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>Sent unchanged on {date}, as row {row} of “{file}”.</source>
        <translation>Enviada sin cambios el {date}, como fila {row} de «{file}».</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>In the queue unchanged since {date}, as row {row} of “{file}”.</source>
        <translation>En la cola sin cambios desde el {date}, como fila {row} de «{file}».</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>Held back by {person}.</source>
        <translation>Retenido por {person}.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>Skipped for good by {person}.</source>
        <translation>Omitido definitivamente por {person}.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This person was erased by {person}.</source>
        <translation>{person} ha borrado a esta persona.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>Corrected on {date}: row {row} of “{file}” replaced this row.</source>
        <translation>Corregida el {date}: la fila {row} de “{file}” reemplazó esta fila.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This row has no mark, so AC Desktop can't tell which donor it corrects. Nothing was changed. Copy the mark again from the report.</source>
        <translation>Esta fila no tiene marca, así que AC Desktop no puede saber a qué donante corrige. No se cambió nada. Copie la marca de nuevo desde el informe.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>The mark of this row is damaged, so AC Desktop can't tell which donor it corrects. Nothing was changed. Copy the mark again from the report.</source>
        <translation>La marca de esta fila está dañada, así que AC Desktop no puede saber a qué donante corrige. No se cambió nada. Copie la marca de nuevo desde el informe.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>The mark of this row was made on another computer or in another data folder. Nothing was changed. Import the report where it was exported.</source>
        <translation>La marca de esta fila se hizo en otra computadora o en otra carpeta de datos. No se cambió nada. Importe el informe donde fue exportado.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This row belongs to another connection. Nothing was changed. Import the report into the connection it was exported from.</source>
        <translation>Esta fila pertenece a otra conexión. No se cambió nada. Importe el informe en la conexión de la que fue exportado.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>Another row has the same mark, so AC Desktop can't tell which one is right. Nothing was changed. Keep one of them and import the report again.</source>
        <translation>Otra fila tiene la misma marca, así que AC Desktop no puede saber cuál es la correcta. No se cambió nada. Conserve una de ellas e importe el informe de nuevo.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>The donor of this row was removed from the queue or erased. Nothing was changed.</source>
        <translation>El donante de esta fila fue quitado de la cola o borrado. No se cambió nada.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This donor was sent on {date}, before the correction. The donor isn't sent twice. Correct the contact in ActiveCampaign.</source>
        <translation>Este donante fue enviado el {date}, antes de la corrección. El donante no se envía dos veces. Corrija el contacto en ActiveCampaign.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This donor is being sent now, so the correction came too late. Nothing was changed. Correct the contact in ActiveCampaign.</source>
        <translation>Este donante se está enviando ahora, así que la corrección llegó tarde. No se cambió nada. Corrija el contacto en ActiveCampaign.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This donor was corrected in AC Desktop after the report was exported. That correction stays. Export a new report to correct the donor again.</source>
        <translation>Este donante fue corregido en AC Desktop después de exportar el informe. Esa corrección se conserva. Exporte un informe nuevo para corregir al donante otra vez.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>Unsubscribed from {list} on {date}; relaying would subscribe them again.</source>
        <translation>Dio de baja su suscripción a {list} el {date}; enviarlo lo suscribiría de nuevo.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>Unsubscribed from {list}; relaying would subscribe them again.</source>
        <translation>Dio de baja su suscripción a {list}; enviarlo lo suscribiría de nuevo.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>Mail from {list} to this address bounced; ActiveCampaign no longer mails it.</source>
        <translation>El correo de {list} a esta dirección rebotó; ActiveCampaign ya no le escribe.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This person has not confirmed their subscription to {list} yet.</source>
        <translation>Esta persona aún no ha confirmado su suscripción a {list}.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>Removed from {list} in ActiveCampaign without having unsubscribed (status {status}). Relaying would put them onto it again.</source>
        <translation>Eliminado de {list} en ActiveCampaign sin haber dado de baja su suscripción (estado {status}). Enviarlo volvería a ponerlo en ella.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign gives this person the status {status} on {list}, which AC Desktop does not know. It may mean that they left.</source>
        <translation>ActiveCampaign da a esta persona el estado {status} en {list}, que AC Desktop no conoce. Puede significar que se fue.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign did not accept this key. The donors are safe in the queue. Test the connection, then copy the key again from Settings, Developer; its owner may also have lost access.</source>
        <translation>ActiveCampaign no aceptó esta clave. Los donantes están a salvo en la cola. Pruebe la conexión y copie de nuevo la clave desde Settings, Developer; su titular también puede haber perdido el acceso.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>No key is kept for this connection on this computer. The donors stay in the queue. Enter the key again.</source>
        <translation>En este equipo no se guarda ninguna clave para esta conexión. Los donantes siguen en la cola. Escriba la clave de nuevo.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>The key works, but its owner may not do this in ActiveCampaign ({detail}). The donors stay in the queue.</source>
        <translation>La clave funciona, pero su titular no puede hacer esto en ActiveCampaign ({detail}). Los donantes siguen en la cola.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This ActiveCampaign account is closed or unpaid and refuses everything. The donors stay in the queue.</source>
        <translation>Esta cuenta de ActiveCampaign está cerrada o sin pagar y lo rechaza todo. Los donantes siguen en la cola.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>There is no list {list} in this account that the key's owner can see. The donors stay in the queue. Choose another list.</source>
        <translation>No hay ninguna lista {list} en esta cuenta que el titular de la clave pueda ver. Los donantes siguen en la cola. Elija otra lista.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This address answered with a web page, not with the ActiveCampaign API. The donors stay in the queue. Use the API URL shown in ActiveCampaign under Settings, Developer.</source>
        <translation>Esta dirección respondió con una página web, no con la API de ActiveCampaign. Los donantes siguen en la cola. Use la URL de la API que se muestra en ActiveCampaign, Settings, Developer.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This address sends us on to another one, which the ActiveCampaign API never does. The donors stay in the queue. Check the API URL shown under Settings, Developer.</source>
        <translation>Esta dirección nos envía a otra, lo que la API de ActiveCampaign nunca hace. Los donantes siguen en la cola. Compruebe la URL de la API en Settings, Developer.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>There is no ActiveCampaign API at this address ({status}). The donors stay in the queue. Check the API URL shown under Settings, Developer.</source>
        <translation>En esta dirección no hay ninguna API de ActiveCampaign ({status}). Los donantes siguen en la cola. Compruebe la URL de la API en Settings, Developer.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>The secure connection to ActiveCampaign could not be trusted, so nothing was sent. A proxy or security program may stand in between.</source>
        <translation>No se pudo confiar en la conexión segura con ActiveCampaign, así que no se envió nada. Puede haber un proxy o un programa de seguridad en medio.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>The proxy of this network did not let us through, so nothing was sent.</source>
        <translation>El proxy de esta red no nos dejó pasar, así que no se envió nada.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign refused this donor: {detail} Correct the record and retry.</source>
        <translation>ActiveCampaign rechazó a este donante: {detail} Corrija el registro y reintente.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This computer is offline, or the account's address is misspelt. Nothing was sent.</source>
        <translation>Esta computadora está sin conexión, o la dirección de la cuenta está mal escrita. No se envió nada.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign could not be reached. Nothing was sent.</source>
        <translation>No se pudo llegar a ActiveCampaign. No se envió nada.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>The connection to ActiveCampaign broke off. Repeating this step is safe.</source>
        <translation>La conexión con ActiveCampaign se cortó. Repetir este paso es seguro.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign did not answer in time. Repeating this step is safe.</source>
        <translation>ActiveCampaign no respondió a tiempo. Repetir este paso es seguro.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign had a problem of its own ({status}). Repeating this step is safe.</source>
        <translation>ActiveCampaign tuvo un problema propio ({status}). Repetir este paso es seguro.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign's answer could not be read. Repeating this step is safe.</source>
        <translation>No se pudo leer la respuesta de ActiveCampaign. Repetir este paso es seguro.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign said yes but sent no contact number. Repeating this step is safe.</source>
        <translation>ActiveCampaign dijo que sí pero no envió número de contacto. Repetir este paso es seguro.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign said yes but did not confirm this e-mail address. Repeating this step is safe. We try again.</source>
        <translation>ActiveCampaign dijo que sí, pero no confirmó este correo electrónico. Repetir este paso es seguro. Lo intentamos de nuevo.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>Whether this person has left the list could not be read in full from ActiveCampaign's answer, so they were not put onto it. We try again.</source>
        <translation>No se pudo leer por completo en la respuesta de ActiveCampaign si esta persona ha dejado la lista, así que no se la puso en ella. Lo intentamos de nuevo.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign said yes but did not confirm the list. Repeating this step is safe.</source>
        <translation>ActiveCampaign dijo que sí pero no confirmó la lista. Repetir este paso es seguro.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>Contact {contact} no longer exists in ActiveCampaign. The next attempt creates it again.</source>
        <translation>El contacto {contact} ya no existe en ActiveCampaign. El próximo intento lo crea de nuevo.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign has been too busy for this donor for ten minutes.</source>
        <translation>ActiveCampaign lleva diez minutos demasiado ocupado para este donante.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign is busy and asked us to wait.</source>
        <translation>ActiveCampaign está ocupado y nos pidió esperar.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>AC Desktop made a mistake of its own at this step and kept a report of it. Repeating this step is safe. We try again.</source>
        <translation>AC Desktop cometió un error propio en este paso y guardó un informe. Repetir este paso es seguro. Lo intentamos de nuevo.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This computer could not keep what ActiveCampaign answered. Repeating this step is safe. We try again.</source>
        <translation>Este equipo no pudo guardar lo que respondió ActiveCampaign. Repetir este paso es seguro. Lo intentamos de nuevo.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>Sent in bulk. Who had unsubscribed from the list or bounced is not put on it again this way, and ActiveCampaign does not say who that was.</source>
        <translation>Enviado en bloque. Quien se había dado de baja o rebotó no vuelve así a la lista, y ActiveCampaign no dice quién fue.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign took this bulk request. AC Desktop reads the list back next to see who is on it.</source>
        <translation>ActiveCampaign recibió esta solicitud en bloque. A continuación, AC Desktop lee la lista para ver quién está en ella.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>Sent in bulk and found on the list afterwards.</source>
        <translation>Enviado en bloque y encontrado después en la lista.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>Sent in bulk. ActiveCampaign confirmed separately that this donor is on the list.</source>
        <translation>Enviado en bloque. ActiveCampaign confirmó por separado que este donante está en la lista.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>Not found on {list} after the bulk request. ActiveCampaign gives no reason. Choose “Push unsent” to send this donor separately.</source>
        <translation>No se encontró en {list} después de la solicitud en bloque. ActiveCampaign no da ningún motivo. Elija «Enviar lo pendiente» para enviar a este donante por separado.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign refused this address in a bulk import ({detail}). Correct the record and retry.</source>
        <translation>ActiveCampaign rechazó esta dirección en una importación en bloque ({detail}). Corrija el registro y reintente.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign refused this bulk request without saying which donor it means ({detail}). The next attempts send these donors one by one.</source>
        <translation>ActiveCampaign rechazó esta solicitud en bloque sin decir de qué donante se trata ({detail}). Los próximos intentos envían a estos donantes uno por uno.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign took this bulk request but did not finish it ({status}). Repeating it is safe.</source>
        <translation>ActiveCampaign tomó esta solicitud en bloque pero no la terminó ({status}). Repetirla es seguro.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign took this bulk request but told no result in {minutes} minutes. Repeating it is safe.</source>
        <translation>ActiveCampaign tomó esta solicitud en bloque pero no dio resultado en {minutes} minutos. Repetirla es seguro.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This row is not a donation: “{column}” is “{kind}”.</source>
        <translation>Esta fila no es una donación: “{column}” es “{kind}”.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This donation was not completed: “{column}” is “{status}”.</source>
        <translation>Esta donación no se completó: “{column}” es “{status}”.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This is a test donation: “{column}” is “{value}”.</source>
        <translation>Esta es una donación de prueba: “{column}” es “{value}”.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This donation was refunded: “{column}” is “{value}”.</source>
        <translation>Esta donación se reembolsó: “{column}” es “{value}”.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>You</source>
        <translation>Usted</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>Your ActiveCampaign admin</source>
        <translation>Su administrador de ActiveCampaign</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>You, or your ActiveCampaign admin</source>
        <translation>Usted o su administrador de ActiveCampaign</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>Your IT</source>
        <translation>Su departamento de informática</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>Nobody: this usually passes</source>
        <translation>Nadie: esto suele pasar solo</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>list {number}</source>
        <translation>lista {number}</translation>
    </message>
    <message>
        <location filename="model/wording.py"/>
        <source>Jan</source>
        <translation>ene.</translation>
    </message>
    <message>
        <location filename="model/wording.py"/>
        <source>Feb</source>
        <translation>feb.</translation>
    </message>
    <message>
        <location filename="model/wording.py"/>
        <source>Mar</source>
        <translation>mar.</translation>
    </message>
    <message>
        <location filename="model/wording.py"/>
        <source>Apr</source>
        <translation>abr.</translation>
    </message>
    <message>
        <location filename="model/wording.py"/>
        <source>May</source>
        <translation>may.</translation>
    </message>
    <message>
        <location filename="model/wording.py"/>
        <source>Jun</source>
        <translation>jun.</translation>
    </message>
    <message>
        <location filename="model/wording.py"/>
        <source>Jul</source>
        <translation>jul.</translation>
    </message>
    <message>
        <location filename="model/wording.py"/>
        <source>Aug</source>
        <translation>ago.</translation>
    </message>
    <message>
        <location filename="model/wording.py"/>
        <source>Sep</source>
        <translation>sept.</translation>
    </message>
    <message>
        <location filename="model/wording.py"/>
        <source>Oct</source>
        <translation>oct.</translation>
    </message>
    <message>
        <location filename="model/wording.py"/>
        <source>Nov</source>
        <translation>nov.</translation>
    </message>
    <message>
        <location filename="model/wording.py"/>
        <source>Dec</source>
        <translation>dic.</translation>
    </message>
    <message>
        <location filename="model/wording.py"/>
        <source>{day} {month} {year}</source>
        <translation>{day} {month} {year}</translation>
    </message>
    <message>
        <location filename="practice/command.py"/>
        <source>Port {port} cannot be used. Choose another one, or 0 for any that is free.</source>
        <translation>El puerto {port} no se puede usar. Elija otro, o 0 para cualquiera que esté libre.</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>the contact that was sent</source>
        <translation>el contacto que se envió</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>its id, without an e-mail address</source>
        <translation>su identificador, sin correo electrónico</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>another contact's id, without an e-mail address</source>
        <translation>el identificador de otro contacto, sin correo electrónico</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>another contact with its e-mail address</source>
        <translation>otro contacto con su correo electrónico</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>by limit and offset</source>
        <translation>por límite y posición</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>by limit and offset, with their total</source>
        <translation>por límite y posición, con su total</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>by limit and offset, with a total of 1</source>
        <translation>por límite y posición, con un total de 1</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>20 a page, whatever the limit</source>
        <translation>20 por página, sea cual sea el límite</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>all at once</source>
        <translation>todas a la vez</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>the first page each time</source>
        <translation>cada vez la primera página</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>without end</source>
        <translation>sin fin</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>as documented</source>
        <translation>como está documentado</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>the list as 1.0</source>
        <translation>la lista como 1.0</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>the list as “1.0”</source>
        <translation>la lista como “1.0”</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>the list as “01”</source>
        <translation>la lista como “01”</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>the list as “ 1”</source>
        <translation>la lista como “ 1”</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>the list as an object</source>
        <translation>la lista como objeto</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>the list as a word</source>
        <translation>la lista como palabra</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>the list as null</source>
        <translation>la lista como null</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>without a list</source>
        <translation>sin lista</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>the contact as null</source>
        <translation>el contacto como null</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>another contact's id</source>
        <translation>el identificador de otro contacto</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>the status as a word</source>
        <translation>el estado como palabra</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>the status as null</source>
        <translation>el estado como null</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>the rows of the contact that is left</source>
        <translation>las filas del contacto que queda</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>subscribed again</source>
        <translation>se suscribe de nuevo</translation>
    </message>
    <message>
        <location filename="practice/consent_faults.py"/>
        <source>stays as it is</source>
        <translation>queda como está</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>403, empty, no type</source>
        <translation>403, vacío, sin tipo</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>403, empty, typed JSON</source>
        <translation>403, vacío, con tipo JSON</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>403 “Forbidden”</source>
        <translation>403 «Forbidden»</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>200 with an empty text</source>
        <translation>200 con un texto vacío</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>as for a wrong key</source>
        <translation>como con una clave equivocada</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>422 without reasons</source>
        <translation>422 sin motivos</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>400, empty</source>
        <translation>400, vacío</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>422 with errors null</source>
        <translation>422 con «errors» nulo</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>201, as if created</source>
        <translation>201, como si se hubiera creado</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>200 with field values as numbers</source>
        <translation>200 con valores de campos como números</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>201 when new, else 200</source>
        <translation>201 si es nuevo, si no 200</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>always 200</source>
        <translation>siempre 200</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>refused with 422</source>
        <translation>se rechaza con 422</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>stays bounced</source>
        <translation>sigue rebotado</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>429, wait 1 second</source>
        <translation>429, esperar 1 segundo</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>429, wait 30 seconds</source>
        <translation>429, esperar 30 segundos</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>429 without a time</source>
        <translation>429 sin tiempo</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>429 with a date</source>
        <translation>429 con una fecha</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>503, empty</source>
        <translation>503, vacío</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>503, a web page</source>
        <translation>503, una página web</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>503, wait 1 second</source>
        <translation>503, esperar 1 segundo</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>off</source>
        <translation>no</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>302 to a log-in page</source>
        <translation>302 a una página de acceso</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>301 to a log-in page</source>
        <translation>301 a una página de acceso</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>404, a web page</source>
        <translation>404, una página web</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>200, a web page</source>
        <translation>200, una página web</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>“having some issues” page, 503</source>
        <translation>página «having some issues», 503</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>“having some issues” page, 200</source>
        <translation>página «having some issues», 200</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>connection broken before anything is done</source>
        <translation>conexión rota antes de hacer nada</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>connection broken after it is done</source>
        <translation>conexión rota después de hacerlo</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>200, empty, code 9001</source>
        <translation>200, vacío, código 9001</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>an empty object</source>
        <translation>un objeto vacío</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>broken JSON</source>
        <translation>JSON roto</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>not UTF-8</source>
        <translation>no es UTF-8</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>an id that is no number</source>
        <translation>un id que no es un número</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>another list and contact than asked for</source>
        <translation>otra lista y otro contacto que los pedidos</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>broken off in the middle</source>
        <translation>cortado a la mitad</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>a list of addresses</source>
        <translation>una lista de direcciones</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>a list of objects</source>
        <translation>una lista de objetos</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>an object by address</source>
        <translation>un objeto por dirección</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>one text</source>
        <translation>un solo texto</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>a number</source>
        <translation>un número</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>a list of places</source>
        <translation>una lista de posiciones</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>addresses in brackets</source>
        <translation>direcciones entre corchetes angulares</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>addresses and objects mixed</source>
        <translation>direcciones y objetos mezclados</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>an empty list</source>
        <translation>una lista vacía</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>null</source>
        <translation>nulo</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>no such key</source>
        <translation>sin esa clave</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>a key of another name</source>
        <translation>una clave con otro nombre</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>400, a web page</source>
        <translation>400, una página web</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>405 for a wrong method</source>
        <translation>405 para un método equivocado</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Refuse every call, as with a withdrawn key (403)</source>
        <translation>Rechazar cada llamada, como con una clave retirada (403)</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>The key may not see lists (403)</source>
        <translation>La clave no puede ver listas (403)</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>The lists are gone</source>
        <translation>Las listas ya no están</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Refuse every e-mail address</source>
        <translation>Rechazar cada dirección de correo</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Always too busy</source>
        <translation>Siempre demasiado ocupado</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Outage</source>
        <translation>Interrupción del servicio</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>The account is not paid (402)</source>
        <translation>La cuenta no está pagada (402)</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Wrong account address</source>
        <translation>Dirección de cuenta equivocada</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>The plan's number of contacts is reached</source>
        <translation>Se alcanzó el número de contactos del plan</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Spoil good answers</source>
        <translation>Estropear respuestas buenas</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Answer late, by seconds</source>
        <translation>Responder tarde, en segundos</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Refuse every n-th call although the key is good (0: never)</source>
        <translation>Rechazar una de cada n llamadas aunque la clave sea buena (0: nunca)</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Answer to a wrong key</source>
        <translation>Respuesta a una clave equivocada</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Answer to a missing key</source>
        <translation>Respuesta sin clave</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Answer to an unknown list</source>
        <translation>Respuesta a una lista desconocida</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Answer to a contact deleted meanwhile</source>
        <translation>Respuesta a un contacto eliminado entretanto</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Answer to a refused e-mail address</source>
        <translation>Respuesta a una dirección de correo rechazada</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Answer for a contact that is already there</source>
        <translation>Respuesta para un contacto que ya existe</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Answer when someone is put onto a list</source>
        <translation>Respuesta al poner a alguien en una lista</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Someone who unsubscribed is subscribed again</source>
        <translation>Se vuelve a suscribir a alguien que se dio de baja</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Someone whose mail bounced is subscribed again</source>
        <translation>Se vuelve a suscribir a alguien cuyo correo rebotó</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Someone with another status, such as 91, is subscribed again</source>
        <translation>Se vuelve a suscribir a alguien con otro estado, como el 91</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Answer about the lists of a contact that was merged into another</source>
        <translation>Respuesta sobre las listas de un contacto que se fusionó con otro</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>The contact that is named when one is saved</source>
        <translation>El contacto que se nombra al guardar uno</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>A contact's lists come</source>
        <translation>Las listas de un contacto llegan</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>A contact's lists are written</source>
        <translation>Las listas de un contacto se escriben</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Write ids as numbers, not as texts</source>
        <translation>Escribir los identificadores como números, no como textos</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Tell in good answers how many calls are left</source>
        <translation>Decir en las respuestas buenas cuántas llamadas quedan</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Answer to too many calls a second</source>
        <translation>Respuesta a demasiadas llamadas por segundo</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Answer to a broken request</source>
        <translation>Respuesta a una petición rota</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Answer to an unknown address or method</source>
        <translation>Respuesta a una dirección o un método desconocidos</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Bulk imports stop half-way</source>
        <translation>Las importaciones en bloque se paran a la mitad</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Bulk imports are taken but the connection breaks</source>
        <translation>Las importaciones en bloque se aceptan, pero la conexión se rompe</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>How a bulk result names who failed</source>
        <translation>Cómo nombra un resultado en bloque a quienes fallaron</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Bulk imports leave out every n-th contact without a word (0: never)</source>
        <translation>Las importaciones en bloque omiten sin aviso uno de cada n contactos (0: nunca)</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Bulk imports do half and say that all is done</source>
        <translation>Las importaciones en bloque hacen la mitad y dicen que todo está hecho</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Searches for contacts ignore their filters</source>
        <translation>Las búsquedas de contactos ignoran sus filtros</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Searches for contacts leave out their lists</source>
        <translation>Las búsquedas de contactos omiten sus listas</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Everything is well</source>
        <translation>Todo está bien</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>The key is refused</source>
        <translation>La clave se rechaza</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>The list is gone</source>
        <translation>La lista ya no está</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Every address is refused</source>
        <translation>Cada dirección se rechaza</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Too busy</source>
        <translation>Demasiado ocupado</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Out of order</source>
        <translation>Fuera de servicio</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>Connection lost</source>
        <translation>Conexión perdida</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>The account is not paid</source>
        <translation>La cuenta no está pagada</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>The form is not complete.</source>
        <translation>El formulario no está completo.</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>This number is out of range: {text}</source>
        <translation>Este número queda fuera de los límites: {text}</translation>
    </message>
    <message>
        <location filename="practice/faults.py"/>
        <source>“{text}” is not one of the choices.</source>
        <translation>«{text}» no es una de las opciones.</translation>
    </message>
    <message>
        <location filename="practice/records.py"/>
        <source>Unconfirmed</source>
        <translation>Sin confirmar</translation>
    </message>
    <message>
        <location filename="practice/records.py"/>
        <source>Active</source>
        <translation>Activa</translation>
    </message>
    <message>
        <location filename="practice/records.py"/>
        <source>Unsubscribed</source>
        <translation>De baja</translation>
    </message>
    <message>
        <location filename="practice/records.py"/>
        <source>Bounced</source>
        <translation>Rebotado</translation>
    </message>
    <message>
        <location filename="practice/records.py"/>
        <source>Removed</source>
        <translation>Eliminado</translation>
    </message>
    <message>
        <location filename="practice/records.py"/>
        <source>Status {number}</source>
        <translation>Estado {number}</translation>
    </message>
    <message>
        <location filename="practice/web_page.py"/>
        <source>Page {number} of {last}</source>
        <translation>Página {number} de {last}</translation>
    </message>
    <message>
        <location filename="practice/web_page.py"/>
        <source>Contacts ({count})</source>
        <translation>Contactos ({count})</translation>
    </message>
    <message>
        <location filename="practice/web_page.py"/>
        <source>Lists</source>
        <translation>Listas</translation>
    </message>
    <message>
        <location filename="practice/web_page.py"/>
        <source>{name} (deleted)</source>
        <translation>{name} (eliminada)</translation>
    </message>
    <message>
        <location filename="practice/web_page.py"/>
        <source>Make it fail</source>
        <translation>Hacer que falle</translation>
    </message>
    <message>
        <location filename="practice/web_page.py"/>
        <source>Contacts</source>
        <translation>Contactos</translation>
    </message>
    <message>
        <location filename="practice/web_page.py"/>
        <source>Not here</source>
        <translation>Aquí no</translation>
    </message>
    <message>
        <location filename="practice/web_page.py"/>
        <source>E-mail</source>
        <translation>Correo</translation>
    </message>
    <message>
        <location filename="practice/web_page.py"/>
        <source>Phone</source>
        <translation>Teléfono</translation>
    </message>
    <message>
        <location filename="practice/web_page.py"/>
        <source>Changed</source>
        <translation>Cambiado</translation>
    </message>
    <message>
        <location filename="practice/web_page.py"/>
        <source>List ID</source>
        <translation>ID de lista</translation>
    </message>
    <message>
        <location filename="practice/web_page.py"/>
        <source>Channel</source>
        <translation>Canal</translation>
    </message>
    <message>
        <location filename="practice/web_page.py"/>
        <source>All</source>
        <translation>Todos</translation>
    </message>
    <message>
        <location filename="practice/web_page.py"/>
        <source>This form is from an earlier start. Please try again.</source>
        <translation>Este formulario es de un inicio anterior. Inténtelo de nuevo.</translation>
    </message>
    <message>
        <location filename="practice/web_page.py"/>
        <source>Practice account: nothing leaves this computer</source>
        <translation>Cuenta de práctica: nada sale de este equipo</translation>
    </message>
    <message>
        <location filename="practice/web_page.py"/>
        <source>Apply</source>
        <translation>Aplicar</translation>
    </message>
    <message>
        <location filename="practice/web_page.py"/>
        <source>Newer</source>
        <translation>Más recientes</translation>
    </message>
    <message>
        <location filename="practice/web_page.py"/>
        <source>Older</source>
        <translation>Más antiguos</translation>
    </message>
    <message>
        <location filename="practice/web_page.py"/>
        <source>No contacts yet. Donors that are relayed appear here.</source>
        <translation>Todavía no hay contactos. Los donantes enviados aparecen aquí.</translation>
    </message>
    <message>
        <location filename="rehearsal.py"/>
        <source>A practice window is open already. Close it before you open another.</source>
        <translation>Ya hay una ventana de práctica abierta. Ciérrela antes de abrir otra.</translation>
    </message>
    <message>
        <location filename="rehearsal.py"/>
        <source>Practice</source>
        <translation>Práctica</translation>
    </message>
    <message>
        <location filename="rehearsal.py"/>
        <source>Donors</source>
        <translation>Donantes</translation>
    </message>
    <message>
        <location filename="relay/engine.py"/>
        <source>AC Desktop made a mistake of its own; the relay has stopped, nobody is lost.</source>
        <translation>AC Desktop cometió un error propio; el envío se detuvo, no se pierde nadie.</translation>
    </message>
    <message>
        <location filename="relay/estimate.py"/>
        <source>about {minutes} min</source>
        <translation>unos {minutes} min</translation>
    </message>
    <message>
        <location filename="relay/estimate.py"/>
        <source>about {hours} h</source>
        <translation>unas {hours} h</translation>
    </message>
    <message>
        <location filename="relay/estimate.py"/>
        <source>{count} donors, {time}</source>
        <translation>{count} donantes, {time}</translation>
    </message>
    <message>
        <location filename="relay/estimate.py"/>
        <source>about {seconds} s</source>
        <translation>unos {seconds} s</translation>
    </message>
    <message>
        <location filename="relay/estimate.py"/>
        <source>about {minutes} min {seconds} s</source>
        <translation>unos {minutes} min {seconds} s</translation>
    </message>
    <message>
        <location filename="relay/estimate.py"/>
        <source>about {hours} h {minutes} min</source>
        <translation>unas {hours} h {minutes} min</translation>
    </message>
    <message>
        <location filename="relay/bulk_offer.py"/>
        <source>in bulk, ActiveCampaign answers for 250 donors at once and doesn't say who arrived. AC Desktop reads the list back afterwards, and only donors on the list count as sent. People who unsubscribed or bounced stay off the list and are held. ActiveCampaign doesn't say whether it puts people on the list who have not confirmed. If your list asks people to confirm, relay one by one. Donors who were held before, or decided about, always go one by one. The times assume that ActiveCampaign processes its imports at once, which it does not promise, and that few other people are on the list.</source>
        <translation>en bloque, ActiveCampaign responde por 250 donantes a la vez y no dice quién llegó. AC Desktop lee la lista después, y solo los donantes que están en la lista cuentan como enviados. Las personas que se dieron de baja o cuyo correo rebotó quedan fuera de la lista y se retienen. ActiveCampaign no dice si agrega a la lista a personas que no han confirmado. Si su lista pide confirmación, envíe uno por uno. Los donantes que ya fueron retenidos, o sobre los que se decidió, siempre van uno por uno. Los tiempos suponen que ActiveCampaign procesa sus importaciones de inmediato, lo cual no promete, y que hay pocas personas más en la lista.</translation>
    </message>
    <message>
        <location filename="relay/bulk_offer.py"/>
        <source>“{name}” keeps values that ActiveCampaign already has, so each contact is read first. That cannot be done in bulk; relay one by one.</source>
        <translation>«{name}» conserva valores que ActiveCampaign ya tiene, así que cada contacto se lee antes. Eso no se puede hacer en bloque; envíe uno por uno.</translation>
    </message>
    <message>
        <location filename="relay/bulk_offer.py"/>
        <source>One by one: {one_by_one}, or bulk: {bulk}. What differs: {differs}</source>
        <translation>Uno por uno: {one_by_one}, o en bloque: {bulk}. La diferencia: {differs}</translation>
    </message>
    <message>
        <location filename="releases.py"/>
        <source>{host} did not tell the newest version. Your donors are not concerned; try again later.</source>
        <translation>{host} no dijo cuál es la versión más reciente. A sus donantes no les afecta; inténtelo más tarde.</translation>
    </message>
    <message>
        <location filename="smoke.py"/>
        <source>bundle</source>
        <translation>paquete</translation>
    </message>
    <message>
        <location filename="smoke.py"/>
        <source>installed for Python</source>
        <translation>instalado para Python</translation>
    </message>
    <message>
        <location filename="smoke.py"/>
        <source>AC Desktop {version}, {kind}, {program}</source>
        <translation>AC Desktop {version}, {kind}, {program}</translation>
    </message>
    <message>
        <location filename="smoke.py"/>
        <source>Platform: {platform}, Python {python}</source>
        <translation>Plataforma: {platform}, Python {python}</translation>
    </message>
    <message>
        <location filename="smoke.py"/>
        <source>Keyring: {keyring}</source>
        <translation>Llavero: {keyring}</translation>
    </message>
    <message>
        <location filename="smoke.py"/>
        <source>{count} made-up donors went from a file to a practice account. All is well.</source>
        <translation>{count} donantes inventados fueron de un archivo a una cuenta de práctica. Todo está bien.</translation>
    </message>
    <message>
        <location filename="smoke.py"/>
        <source>it knows no kind of export.</source>
        <translation>no conoce ningún tipo de exportación.</translation>
    </message>
    <message>
        <location filename="smoke.py"/>
        <source>This installation does not work as it should: {trouble}</source>
        <translation>Esta instalación no funciona como debe: {trouble}</translation>
    </message>
    <message>
        <location filename="smoke.py"/>
        <source>{file} is missing.</source>
        <translation>falta {file}.</translation>
    </message>
    <message>
        <location filename="smoke.py"/>
        <source>the account has {found} instead of {wanted}.</source>
        <translation>la cuenta tiene {found} en lugar de {wanted}.</translation>
    </message>
    <message>
        <location filename="store/recovery/backups.py"/>
        <source>AC Desktop is open. Close it, then bring the backup back.</source>
        <translation>AC Desktop está abierto. Ciérrelo y después recupere la copia de seguridad.</translation>
    </message>
    <message>
        <location filename="store/recovery/backups.py"/>
        <source>{file} is not a sound backup of AC Desktop. Nothing was changed.</source>
        <translation>{file} no es una copia de seguridad intacta de AC Desktop. No se ha cambiado nada.</translation>
    </message>
    <message>
        <location filename="store/recovery/backups.py"/>
        <source>{file} was made by a newer version of AC Desktop. Nothing was changed. Update AC Desktop, then restore the backup. (Its version is {found}, this program knows {known}.)</source>
        <translation>{file} se hizo con una versión más nueva de AC Desktop. No se cambió nada. Actualice AC Desktop y después restaure la copia de seguridad. (Su versión es {found}, este programa conoce la {known}.)</translation>
    </message>
    <message>
        <location filename="store/engines/sqlite/database.py"/>
        <source>The donor database {file} is no longer there: it was moved, or its disk was removed. Nothing more is sent or kept; put it back, then start AC Desktop again.</source>
        <translation>La base de datos de donantes {file} ya no está: se ha movido o se ha retirado su disco. No se envía ni se guarda nada más; vuelva a ponerla en su sitio y abra de nuevo AC Desktop.</translation>
    </message>
    <message>
        <location filename="store/engines/sqlite/database.py"/>
        <source>The file {file} belongs to another program. It was left as it is.</source>
        <translation>El archivo {file} pertenece a otro programa. Se dejó como está.</translation>
    </message>
    <message>
        <location filename="store/engines/sqlite/database.py"/>
        <source>This donor database was made by a newer AC Desktop (its version is {found}, this program knows {known}). Nothing was changed; please update AC Desktop.</source>
        <translation>Esta base de datos de donantes la hizo un AC Desktop más nuevo (su versión es {found}, este programa conoce la {known}). No se cambió nada; actualice AC Desktop.</translation>
    </message>
    <message>
        <location filename="store/engines/sqlite/database.py"/>
        <source>AC Desktop is closing. Nothing was changed; start it again to go on.</source>
        <translation>AC Desktop se está cerrando. No se cambió nada; vuelva a iniciarlo para continuar.</translation>
    </message>
    <message>
        <location filename="store/queue/decisions.py"/>
        <source>Subscribing someone again who left the list needs a reason, such as a letter or a call from them.</source>
        <translation>Suscribir de nuevo a alguien que dejó la lista necesita un motivo, como una carta o una llamada suya.</translation>
    </message>
    <message>
        <location filename="store/privacy/erasure.py"/>
        <source>Receipt {number}: erased from AC Desktop on this computer</source>
        <translation>Recibo {number}: borrado de AC Desktop en este equipo</translation>
    </message>
    <message>
        <location filename="store/privacy/erasure.py"/>
        <source>Address: {email}</source>
        <translation>Dirección: {email}</translation>
    </message>
    <message>
        <location filename="store/privacy/erasure.py"/>
        <source>When: {at}, by {who}</source>
        <translation>Cuándo: {at}, por {who}</translation>
    </message>
    <message>
        <location filename="store/privacy/erasure.py"/>
        <source>Records whose donor was taken out: {count}</source>
        <translation>Registros de los que se ha quitado el donante: {count}</translation>
    </message>
    <message>
        <location filename="store/privacy/erasure.py"/>
        <source>Removed records deleted for good: {count}</source>
        <translation>Registros retirados que se han borrado para siempre: {count}</translation>
    </message>
    <message>
        <location filename="store/privacy/erasure.py"/>
        <source>Attempts whose payloads and answers were taken out: {count}</source>
        <translation>Intentos de los que se han quitado los datos enviados y las respuestas: {count}</translation>
    </message>
    <message>
        <location filename="store/privacy/erasure.py"/>
        <source>Other texts in which the address was replaced: {count}</source>
        <translation>Otros textos en los que se ha sustituido la dirección: {count}</translation>
    </message>
    <message>
        <location filename="store/privacy/erasure.py"/>
        <source>Backups in which the same was done: {count}</source>
        <translation>Copias de seguridad en las que se ha hecho lo mismo: {count}</translation>
    </message>
    <message>
        <location filename="store/privacy/erasure.py"/>
        <source>What stays: counts, dates and outcomes without the person, and marks from which neither name nor address can be read, so that the same file does not bring this person back.</source>
        <translation>Lo que queda: recuentos, fechas y resultados sin la persona, y marcas en las que no se pueden leer ni el nombre ni la dirección, para que el mismo archivo no vuelva a traer a esta persona.</translation>
    </message>
    <message>
        <location filename="store/privacy/erasure.py"/>
        <source>Not erased by this: ActiveCampaign's contact, Anedot's records, the export files themselves and reports that were saved elsewhere, and copies of this computer that others made.</source>
        <translation>Esto no borra: el contacto de ActiveCampaign, los registros de Anedot, los propios archivos exportados y los informes guardados en otro sitio, ni las copias de este equipo que hayan hecho otros.</translation>
    </message>
    <message>
        <location filename="store/privacy/erasure.py"/>
        <source>Texts with a longer address that only holds these letters, left alone: {count}</source>
        <translation>Textos con una dirección más larga que solo contiene estas letras, que se han dejado como estaban: {count}</translation>
    </message>
    <message>
        <location filename="store/privacy/erasure.py"/>
        <source>These files could not be cleaned; delete them if they are not needed:</source>
        <translation>Estos archivos no se han podido limpiar; bórrelos si no hacen falta:</translation>
    </message>
    <message>
        <location filename="store/privacy/erasure.py"/>
        <source>All files in AC Desktop's folder were searched afterwards: the address is in none.</source>
        <translation>Después se han buscado todos los archivos de la carpeta de AC Desktop: la dirección no está en ninguno.</translation>
    </message>
    <message>
        <location filename="store/privacy/erasure.py"/>
        <source>This donor is just being relayed. Wait a moment, then erase again.</source>
        <translation>Este donante se está enviando ahora mismo. Espere un momento y vuelva a borrarlo.</translation>
    </message>
    <message>
        <location filename="store/errors.py"/>
        <source>The disk is full, so nothing more can be kept in {folder}. What was queued is safe. Make room, then go on.</source>
        <translation>El disco está lleno, así que no se puede guardar nada más en {folder}. Lo que estaba en la cola está a salvo. Libere espacio y luego continúe.</translation>
    </message>
    <message>
        <location filename="store/errors.py"/>
        <source>Another program keeps the donor database {file} locked. Nothing was changed. Close it and try again.</source>
        <translation>Otro programa mantiene bloqueada la base de datos de donantes {file}. No se cambió nada. Ciérrelo e inténtelo de nuevo.</translation>
    </message>
    <message>
        <location filename="store/errors.py"/>
        <source>The donor database {file} is damaged. Close AC Desktop and start it again: it then keeps the damaged file under another name, says where, and begins with an empty queue.</source>
        <translation>La base de datos de donantes {file} está dañada. Cierre AC Desktop y ábralo de nuevo: entonces guarda el archivo dañado con otro nombre, dice dónde y empieza con una cola vacía.</translation>
    </message>
    <message>
        <location filename="store/errors.py"/>
        <source>The folder {folder} cannot be used: {problem}.</source>
        <translation>La carpeta {folder} no se puede usar: {problem}.</translation>
    </message>
    <message>
        <location filename="store/errors.py"/>
        <source>{file} cannot be used ({problem}). Your donors are safe in the queue. Ask your IT whether the disk is there and can be written to.</source>
        <translation>No se puede usar {file} ({problem}). Sus donantes están a salvo en la cola. Pregunte a su equipo de informática si el disco está disponible y se puede escribir en él.</translation>
    </message>
    <message>
        <location filename="store/errors.py"/>
        <source>The folder {folder} cannot be written to. Nothing was changed; ask your IT.</source>
        <translation>No se puede escribir en la carpeta {folder}. No se cambió nada; pregunte a su departamento de informática.</translation>
    </message>
    <message>
        <location filename="store/errors.py"/>
        <source>The donor database {file} cannot be opened. Ask your IT whether the disk is there.</source>
        <translation>La base de datos de donantes {file} no se puede abrir. Pregunte a su departamento de informática si el disco está ahí.</translation>
    </message>
    <message>
        <location filename="store/errors.py"/>
        <source>{path} belongs to another user of this computer, who could read the donors in it. Nothing was changed. Choose a folder of your own with “--data-dir”, or ask your IT to make this one yours.</source>
        <translation>{path} pertenece a otro usuario de esta computadora, que podría leer los donantes que contiene. No se cambió nada. Elija una carpeta propia con «--data-dir» o pida a su departamento de informática que esta pase a ser suya.</translation>
    </message>
    <message>
        <location filename="store/errors.py"/>
        <source>Other users of this computer can read {path}. Its disk does not let AC Desktop keep them out. Nothing was changed. Choose a folder on another disk of this computer with “--data-dir”.</source>
        <translation>Otros usuarios de esta computadora pueden leer {path}. Su disco no permite que AC Desktop se lo impida. No se cambió nada. Elija con «--data-dir» una carpeta en otro disco de esta computadora.</translation>
    </message>
    <message>
        <location filename="store/errors.py"/>
        <source>Other users of this computer can open {path}. It holds files that are not AC Desktop's. Nothing was changed. Choose an empty folder with “--data-dir”.</source>
        <translation>Otros usuarios de esta computadora pueden abrir {path}. Contiene archivos que no son de AC Desktop. No se cambió nada. Elija una carpeta vacía con «--data-dir».</translation>
    </message>
    <message>
        <location filename="store/errors.py"/>
        <source>Other users of this computer could open AC Desktop's folder until now. One of them may have put {path} there. AC Desktop read nothing from it. Ask your IT what it is and remove it. Then start AC Desktop again.</source>
        <translation>Hasta ahora, otros usuarios de esta computadora podían abrir la carpeta de AC Desktop. Es posible que alguno haya puesto ahí {path}. AC Desktop no leyó nada de ahí. Pregunte a su departamento de informática qué es y quítelo. Después inicie AC Desktop de nuevo.</translation>
    </message>
    <message>
        <location filename="store/errors.py"/>
        <source>{path} is a link to another place. AC Desktop does not write through links. Nothing was changed. Remove the link, or replace it with what it leads to.</source>
        <translation>{path} es un enlace a otro lugar. AC Desktop no escribe a través de enlaces. No se cambió nada. Quite el enlace o ponga en su lugar aquello a lo que lleva.</translation>
    </message>
    <message>
        <location filename="store/errors.py"/>
        <source>A disk of this computer</source>
        <translation>Un disco de esta computadora</translation>
    </message>
    <message>
        <location filename="store/engines/sqlite/folder_use.py"/>
        <source>AC Desktop is already working in this folder. Nothing was changed. Close AC Desktop, then try again.</source>
        <translation>AC Desktop ya está trabajando en esta carpeta. No se cambió nada. Cierre AC Desktop y vuelva a intentarlo.</translation>
    </message>
    <message>
        <location filename="store/connections/keys.py"/>
        <source>this computer's keyring</source>
        <translation>el llavero de este equipo</translation>
    </message>
    <message>
        <location filename="store/connections/keys.py"/>
        <source>Kept until you close AC Desktop: this computer offers no safe place.</source>
        <translation>Se guarda hasta que cierre AC Desktop: este equipo no ofrece un lugar seguro.</translation>
    </message>
    <message>
        <location filename="store/connections/keys.py"/>
        <source>Kept in {keyring}.</source>
        <translation>Se guarda en {keyring}.</translation>
    </message>
    <message>
        <location filename="store/recovery/file_move.py"/>
        <source>AC Desktop could not finish moving the donor database aside. The database is in {old} or still in {file}. Nothing was deleted. Close other programs that use these files. Then start AC Desktop again to finish.</source>
        <translation>AC Desktop no pudo terminar de apartar la base de datos de donantes. La base de datos está en {old} o todavía en {file}. No se borró nada. Cierre los demás programas que usan estos archivos. Después inicie AC Desktop de nuevo para terminar.</translation>
    </message>
    <message>
        <location filename="store/recovery/file_move.py"/>
        <source>AC Desktop could not finish restoring a backup. The previous database is in {old} or still in {file}. The backup is in {backup}. Nothing was deleted. Close other programs that use these files. Then start AC Desktop again to finish.</source>
        <translation>AC Desktop no pudo terminar de restaurar una copia de seguridad. La base de datos anterior está en {old} o todavía en {file}. La copia de seguridad está en {backup}. No se borró nada. Cierre los demás programas que usan estos archivos. Después inicie AC Desktop de nuevo para terminar.</translation>
    </message>
    <message>
        <location filename="store/recovery/file_move.py"/>
        <source>AC Desktop cannot read {file}, which says where the donor database was moved. The database is in the same folder. Its file names begin with “{name}”. Nothing was changed. Ask your IT for help.</source>
        <translation>AC Desktop no puede leer {file}, que dice a dónde se movió la base de datos de donantes. La base de datos está en la misma carpeta. Los nombres de sus archivos empiezan por «{name}». No se cambió nada. Pida ayuda a su departamento de informática.</translation>
    </message>
    <message>
        <location filename="store/engines/sqlite/rate_limit_store.py"/>
        <source>The file {file} cannot be used, so nothing more is sent. Your donors are safe in the queue. Ask your IT whether the disk is there and can be written to.</source>
        <translation>No se puede usar el archivo {file}, así que no se envía nada más. Sus donantes están a salvo en la cola. Pregunte a su equipo de informática si el disco está disponible y se puede escribir en él.</translation>
    </message>
    <message>
        <location filename="store/engines/sqlite/rate_limit_store.py"/>
        <source>Another program keeps the file {file} locked, so nothing more is sent. Your donors are safe in the queue. Close that program, then relay again.</source>
        <translation>Otro programa mantiene bloqueado el archivo {file}, así que no se envía nada más. Sus donantes están a salvo en la cola. Cierre ese programa y luego envíe de nuevo.</translation>
    </message>
    <message>
        <location filename="store/recovery/recovery.py"/>
        <source>The donor database is damaged and cannot be opened. It was moved to {file}; nothing of it was deleted. AC Desktop begins with an empty queue: the connections have to be set up again, and the donors that waited, the log and the failures in a row are in the damaged file alone.</source>
        <translation>La base de datos de donantes está dañada y no se puede abrir. Se ha movido a {file}; no se ha borrado nada de ella. AC Desktop empieza con una cola vacía: hay que configurar de nuevo las conexiones, y los donantes que esperaban, el registro y los fallos seguidos están solo en el archivo dañado.</translation>
    </message>
    <message>
        <location filename="store/recovery/recovery.py"/>
        <source>The backup {backup} was restored. The previous database is kept as {file}.</source>
        <translation>Se restauró la copia de seguridad {backup}. La base de datos anterior se conserva como {file}.</translation>
    </message>
    <message>
        <location filename="store/recovery/recovery.py"/>
        <source>The database in AC Desktop's folder was made by another program. It was moved to {file}, unchanged, and AC Desktop begins with an empty queue. Donors that AC Desktop held there are not known here.</source>
        <translation>La base de datos de la carpeta de AC Desktop es de otro programa. Se ha movido a {file}, sin cambios, y AC Desktop empieza con una cola vacía. Los donantes que AC Desktop tenía allí no se conocen aquí.</translation>
    </message>
    <message>
        <location filename="store/recovery/recovery.py"/>
        <source>The donor database is no longer in {folder}. Other files of it are there. Their names begin with “{name}.”. AC Desktop starts with an empty queue, so set up the connections again. The waiting donors, the log and the failures in a row are not known here.</source>
        <translation>La base de datos de donantes ya no está en {folder}. Ahí hay otros archivos de ella. Sus nombres empiezan por «{name}.». AC Desktop empieza con una cola vacía, así que configure de nuevo las conexiones. Aquí no se conocen los donantes en espera, el registro ni los fallos seguidos.</translation>
    </message>
    <message>
        <location filename="store/recovery/recovery.py"/>
        <source>The backup {backup} was restored.</source>
        <translation>Se restauró la copia de seguridad {backup}.</translation>
    </message>
    <message>
        <location filename="store/recovery/recovery.py"/>
        <source>The donor database {file} is missing, but other files of it are in the same folder. Nothing was changed. Close AC Desktop, then start it again.</source>
        <translation>Falta la base de datos de donantes {file}, pero en la misma carpeta hay otros archivos de ella. No se cambió nada. Cierre AC Desktop e inícielo de nuevo.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/about.py"/>
        <source>as its file {files} says</source>
        <translation>como dice su archivo {files}</translation>
    </message>
    <message>
        <location filename="ui/dialogs/about.py"/>
        <source>About AC Desktop</source>
        <translation>Acerca de AC Desktop</translation>
    </message>
    <message>
        <location filename="ui/dialogs/about.py"/>
        <source>Packages and their licences</source>
        <translation>Paquetes y sus licencias</translation>
    </message>
    <message>
        <location filename="ui/dialogs/about.py"/>
        <source>AC Desktop {version}, on Python {python}. Free software under the MIT licence.</source>
        <translation>AC Desktop {version}, sobre Python {python}. Software libre con licencia MIT.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/about.py"/>
        <source>It stands on these packages, each with the licence it names:</source>
        <translation>Se apoya en estos paquetes, cada uno con la licencia que declara:</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;Import files…</source>
        <translation>&amp;Importar archivos…</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;Paste rows</source>
        <translation>&amp;Pegar filas</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>Add &amp;donor…</source>
        <translation>Añadir &amp;donante…</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;Quit</source>
        <translation>&amp;Salir</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;New connection…</source>
        <translation>&amp;Nueva conexión…</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>All &amp;connections…</source>
        <translation>Todas las &amp;conexiones…</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;Edit connection…</source>
        <translation>&amp;Editar conexión…</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>Replace &amp;key…</source>
        <translation>Cambiar la &amp;clave…</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>Choose another &amp;list…</source>
        <translation>Elegir otra &amp;lista…</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;Test connection…</source>
        <translation>P&amp;robar conexión…</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;Verify with ActiveCampaign…</source>
        <translation>&amp;Verificar con ActiveCampaign…</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>Test and &amp;reactivate…</source>
        <translation>Probar y reac&amp;tivar…</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;Pause</source>
        <translation>&amp;Pausar</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;Watch a folder…</source>
        <translation>&amp;Vigilar una carpeta…</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;Retry</source>
        <translation>&amp;Reintentar</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>Show in &amp;log</source>
        <translation>Mostrar en el re&amp;gistro</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;Copy e-mail</source>
        <translation>&amp;Copiar el correo</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;Find donors…</source>
        <translation>&amp;Buscar donantes…</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;Edit donor…</source>
        <translation>&amp;Editar donante…</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>P&amp;ush unsent…</source>
        <translation>&amp;Enviar lo pendiente…</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>Re&amp;move</source>
        <translation>&amp;Quitar</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;Undo removing</source>
        <translation>&amp;Deshacer la retirada</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;More for the selected donors…</source>
        <translation>&amp;Más para los donantes seleccionados…</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>E&amp;xport what is shown…</source>
        <translation>E&amp;xportar lo que se muestra…</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>Export failed and &amp;held…</source>
        <translation>Exportar fallidos y rete&amp;nidos…</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;All shown</source>
        <translation>&amp;Todo lo mostrado</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;Veil names and addresses</source>
        <translation>&amp;Velar nombres y direcciones</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>Next &amp;pane</source>
        <translation>&amp;Panel siguiente</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>Pre&amp;vious pane</source>
        <translation>Panel a&amp;nterior</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;Columns…</source>
        <translation>&amp;Columnas…</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;Log</source>
        <translation>Re&amp;gistro</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;Details</source>
        <translation>&amp;Detalles</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>Relays over &amp;time</source>
        <translation>Envíos en el &amp;tiempo</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>Erase a d&amp;onor for good…</source>
        <translation>Borrar a un d&amp;onante para siempre…</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>How long data is &amp;kept…</source>
        <translation>&amp;Cuánto tiempo se guardan los datos…</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;Help for this part of the window</source>
        <translation>&amp;Ayuda de esta parte de la ventana</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>All &amp;pages of the help…</source>
        <translation>Todas las &amp;páginas de la ayuda…</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>Why &amp;five failures?</source>
        <translation>¿Por qué &amp;cinco fallos?</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;Tour…</source>
        <translation>&amp;Recorrido…</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>Open a p&amp;ractice window</source>
        <translation>Abrir una ventana de p&amp;ráctica</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>Check for &amp;updates…</source>
        <translation>Buscar act&amp;ualizaciones…</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;About AC Desktop…</source>
        <translation>Acer&amp;ca de AC Desktop…</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;File</source>
        <translation>&amp;Archivo</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;Connection</source>
        <translation>&amp;Conexión</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;Donor</source>
        <translation>&amp;Donante</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;View</source>
        <translation>&amp;Ver</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;Help</source>
        <translation>A&amp;yuda</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>Colours as the &amp;system has them</source>
        <translation>Colores como los del &amp;sistema</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>L&amp;ight colours</source>
        <translation>Colores c&amp;laros</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>D&amp;ark colours</source>
        <translation>Colores &amp;oscuros</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>Resume and &amp;relay</source>
        <translation>Reanudar y en&amp;viar</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/main/actions.py"/>
        <source>&amp;Retry %Ln selected donor(s)</source>
        <translation>
            <numerusform>&amp;Reintentar %Ln donante seleccionado</numerusform>
            <numerusform>&amp;Reintentar %Ln donantes seleccionados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="ui/main/actions.py"/>
        <source>&amp;Undo: bring back %Ln donor(s)</source>
        <translation>
            <numerusform>&amp;Deshacer: recuperar %Ln donante</numerusform>
            <numerusform>&amp;Deshacer: recuperar %Ln donantes</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>&amp;Language of the system</source>
        <translation>&amp;Idioma del sistema</translation>
    </message>
    <message>
        <location filename="ui/main/actions.py"/>
        <source>Show {tab}</source>
        <translation>Mostrar {tab}</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>Inactive</source>
        <translation>Inactiva</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>Not relayed</source>
        <translation>Sin enviar</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>Waiting for ActiveCampaign</source>
        <translation>Esperando a ActiveCampaign</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>Offline</source>
        <translation>Sin conexión</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>This computer is offline. Nothing was lost; it goes on by itself when the network is back.</source>
        <translation>Este equipo está sin conexión. No se perdió nada; sigue por sí solo cuando vuelva la red.</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>The relay continues when you resume. You can still import files and add donors.</source>
        <translation>El envío continúa cuando usted lo reanude. Aún puede importar archivos y agregar donantes.</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>Nothing is sent until you resume and press Relay. You can still import files.</source>
        <translation>No se envía nada hasta que reanude y pulse Enviar. Aún puede importar archivos.</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>Paused by you</source>
        <translation>Pausada por usted</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>Nothing leaves this computer: donors go to a practice account, not to ActiveCampaign.</source>
        <translation>Nada sale de este equipo: los donantes van a una cuenta de práctica, no a ActiveCampaign.</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>Replace key…</source>
        <translation>Cambiar la clave…</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>Choose another list…</source>
        <translation>Elegir otra lista…</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>Correct the address…</source>
        <translation>Corregir la dirección…</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>Open the donors…</source>
        <translation>Abrir los donantes…</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>Test the connection…</source>
        <translation>Probar la conexión…</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>Test and reactivate…</source>
        <translation>Probar y reactivar…</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>Resume</source>
        <translation>Reanudar</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>Why five?</source>
        <translation>¿Por qué cinco?</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>“{name}” is switched off since {when}, after {most} failures in a row.</source>
        <translation>«{name}» está desconectada desde {when}, tras {most} fallos seguidos.</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>Waiting in the queue: {donors}. Nothing was lost, and nothing is sent until you say so.</source>
        <translation>En la cola esperan: {donors}. No se perdió nada, y no se envía nada hasta que usted lo diga.</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>“{name}” was switched off after {most} failures in a row.</source>
        <translation>«{name}» se desconectó tras {most} fallos seguidos.</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>{number} times: {reason}</source>
        <translation>{number} veces: {reason}</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>{streak} attempts failed in a row. At {most} it is switched off, so that nothing worse happens.</source>
        <translation>{streak} intentos fallaron seguidos. Al llegar a {most} se desconecta, para que no pase nada peor.</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>{streak} of {most} failures</source>
        <translation>{streak} de {most} fallos</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>ActiveCampaign is busy and asked us to wait {time}. It goes on by itself.</source>
        <translation>ActiveCampaign está ocupado y nos pidió esperar {time}. Sigue por sí solo.</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>All for one reason: {reason}</source>
        <translation>Todos por un motivo: {reason}</translation>
    </message>
    <message>
        <location filename="ui/connection/delete_dialog.py"/>
        <source>&amp;Delete for good</source>
        <translation>&amp;Borrar definitivamente</translation>
    </message>
    <message>
        <location filename="ui/connection/delete_dialog.py"/>
        <source>&amp;Name:</source>
        <translation>&amp;Nombre:</translation>
    </message>
    <message>
        <location filename="ui/connection/delete_dialog.py"/>
        <source>The connection and its key are removed from this computer. It has no records.</source>
        <translation>La conexión y su clave se quitan de este equipo. No tiene registros.</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/connection/delete_dialog.py"/>
        <source>%Ln record(s), their log and the connection's key are removed from this computer for good.</source>
        <translation>
            <numerusform>%Ln registro, su historial y la clave de la conexión se quitan definitivamente de este equipo.</numerusform>
            <numerusform>%Ln registros, su historial y la clave de la conexión se quitan definitivamente de este equipo.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/connection/delete_dialog.py"/>
        <source>Nothing changes in ActiveCampaign: who is on the list stays on it.</source>
        <translation>En ActiveCampaign no cambia nada: quien está en la lista sigue en ella.</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/connection/delete_dialog.py"/>
        <source>%Ln donor(s) being sent at this moment may still arrive.</source>
        <translation>
            <numerusform>%Ln donante que se está enviando ahora puede llegar todavía.</numerusform>
            <numerusform>%Ln donantes que se están enviando ahora pueden llegar todavía.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/connection/delete_dialog.py"/>
        <source>Delete {name}</source>
        <translation>Borrar {name}</translation>
    </message>
    <message>
        <location filename="ui/connection/delete_dialog.py"/>
        <source>Type “{name}” to confirm.</source>
        <translation>Escriba «{name}» para confirmar.</translation>
    </message>
    <message>
        <location filename="ui/connection/delete_dialog.py"/>
        <source>Not yet sent: {waiting} waiting, {held} held, {failed} failed.</source>
        <translation>Aún sin enviar: {waiting} en espera, {held} retenidos, {failed} fallidos.</translation>
    </message>
    <message>
        <location filename="ui/connection/directory_dialog.py"/>
        <source>Connections</source>
        <translation>Conexiones</translation>
    </message>
    <message>
        <location filename="ui/connection/directory_model.py"/>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <location filename="ui/connection/directory_model.py"/>
        <source>Last relay</source>
        <translation>Último envío</translation>
    </message>
    <message>
        <location filename="ui/connection/directory_model.py"/>
        <source>never</source>
        <translation>nunca</translation>
    </message>
    <message>
        <location filename="ui/connection/directory_model.py"/>
        <source>{name}, {state}, {waiting} waiting, last relay {last}</source>
        <translation>{name}, {state}, {waiting} en espera, último envío {last}</translation>
    </message>
    <message>
        <location filename="ui/connection/directory_panel.py"/>
        <source>No connection yet. “New…” connects ActiveCampaign.</source>
        <translation>Aún no hay conexión. «Nueva…» conecta ActiveCampaign.</translation>
    </message>
    <message>
        <location filename="ui/connection/directory_panel.py"/>
        <source>&amp;New…</source>
        <translation>&amp;Nueva…</translation>
    </message>
    <message>
        <location filename="ui/connection/directory_panel.py"/>
        <source>&amp;Edit</source>
        <translation>&amp;Editar</translation>
    </message>
    <message>
        <location filename="ui/connection/directory_panel.py"/>
        <source>D&amp;uplicate…</source>
        <translation>D&amp;uplicar…</translation>
    </message>
    <message>
        <location filename="ui/connection/directory_panel.py"/>
        <source>&amp;Test…</source>
        <translation>&amp;Probar…</translation>
    </message>
    <message>
        <location filename="ui/connection/directory_panel.py"/>
        <source>Test and react&amp;ivate…</source>
        <translation>Probar y react&amp;ivar…</translation>
    </message>
    <message>
        <location filename="ui/connection/directory_panel.py"/>
        <source>&amp;Delete…</source>
        <translation>&amp;Borrar…</translation>
    </message>
    <message>
        <location filename="ui/connection/directory_panel.py"/>
        <source>&amp;Account and key…</source>
        <translation>&amp;Cuenta y clave…</translation>
    </message>
    <message>
        <location filename="ui/connection/directory_panel.py"/>
        <source>&amp;List…</source>
        <translation>&amp;Lista…</translation>
    </message>
    <message>
        <location filename="ui/connection/directory_panel.py"/>
        <source>Action &amp;pages…</source>
        <translation>&amp;Páginas de acción…</translation>
    </message>
    <message>
        <location filename="ui/connection/directory_panel.py"/>
        <source>&amp;Team…</source>
        <translation>&amp;Equipo…</translation>
    </message>
    <message>
        <location filename="ui/connection/directory_panel.py"/>
        <source>&amp;Name, pace and more…</source>
        <translation>&amp;Nombre, ritmo y más…</translation>
    </message>
    <message>
        <location filename="ui/connection/directory_panel.py"/>
        <source>Re&amp;sume</source>
        <translation>Re&amp;anudar</translation>
    </message>
    <message>
        <location filename="ui/connection/directory_panel.py"/>
        <source>An inactive connection is brought back by testing it.</source>
        <translation>Una conexión inactiva vuelve a funcionar al probarla.</translation>
    </message>
    <message>
        <location filename="ui/connection/directory_panel.py"/>
        <source>Only an inactive connection is reactivated.</source>
        <translation>Solo se reactiva una conexión inactiva.</translation>
    </message>
    <message>
        <location filename="ui/connection/directory_panel.py"/>
        <source>Deleting {name}…</source>
        <translation>Borrando {name}…</translation>
    </message>
    <message>
        <location filename="ui/connection/directory_panel.py"/>
        <source>{name} was deleted.</source>
        <translation>{name} se borró.</translation>
    </message>
    <message>
        <location filename="ui/connection/directory_panel.py"/>
        <source>&amp;Everything…</source>
        <translation>&amp;Todo…</translation>
    </message>
    <message>
        <location filename="ui/dialogs/donor_form.py"/>
        <source>The action page's ID, if you know it.</source>
        <translation>El identificador de la página de acción, si lo conoce.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/donor_form.py"/>
        <source>What you typed is not saved yet. Close without saving it?</source>
        <translation>Lo que escribió aún no está guardado. ¿Cerrar sin guardarlo?</translation>
    </message>
    <message>
        <location filename="ui/dialogs/donor_form.py"/>
        <source>{donor} is waiting in the queue. {notes}</source>
        <translation>{donor} espera en la cola. {notes}</translation>
    </message>
    <message>
        <location filename="ui/dialogs/donor_form.py"/>
        <source>&amp;Save and next</source>
        <translation>&amp;Guardar y siguiente</translation>
    </message>
    <message>
        <location filename="ui/dialogs/donor_form.py"/>
        <source>&amp;E-mail:</source>
        <translation>&amp;Correo:</translation>
    </message>
    <message>
        <location filename="ui/dialogs/donor_form.py"/>
        <source>&amp;First name:</source>
        <translation>&amp;Nombre:</translation>
    </message>
    <message>
        <location filename="ui/dialogs/donor_form.py"/>
        <source>&amp;Last name:</source>
        <translation>&amp;Apellidos:</translation>
    </message>
    <message>
        <location filename="ui/dialogs/donor_form.py"/>
        <source>&amp;Phone:</source>
        <translation>&amp;Teléfono:</translation>
    </message>
    <message>
        <location filename="ui/dialogs/donor_form.py"/>
        <source>Fields left empty change nothing in ActiveCampaign.</source>
        <translation>Los campos vacíos no cambian nada en ActiveCampaign.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/donor_form.py"/>
        <source>Pa&amp;ge:</source>
        <translation>Pá&amp;gina:</translation>
    </message>
    <message>
        <location filename="ui/dialogs/donor_form.py"/>
        <source>&amp;Team:</source>
        <translation>&amp;Equipo:</translation>
    </message>
    <message>
        <location filename="ui/dialogs/donor_form.py"/>
        <source>The team, if the page does not tell it.</source>
        <translation>El equipo, si la página no lo dice.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/donor_form.py"/>
        <source>Needed: this connection takes only some pages.</source>
        <translation>Necesario: esta conexión solo toma algunas páginas.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/donor_form.py"/>
        <source>Add donor</source>
        <translation>Añadir donante</translation>
    </message>
    <message>
        <location filename="ui/dialogs/donor_form.py"/>
        <source>{known} Queue this donor again?</source>
        <translation>{known} ¿Poner a este donante otra vez en la cola?</translation>
    </message>
    <message>
        <location filename="ui/dialogs/donor_form.py"/>
        <source>Add donor to {connection}</source>
        <translation>Añadir donante a {connection}</translation>
    </message>
    <message>
        <location filename="ui/dialogs/donor_form.py"/>
        <source>This donor was sent on {date}.</source>
        <translation>Este donante se envió el {date}.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/donor_form.py"/>
        <source>This donor is already in the queue, since {date}.</source>
        <translation>Este donante ya está en la cola, desde el {date}.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/donor_form.py"/>
        <source>This donor is in the queue: {state} since {date}. {reason}</source>
        <translation>Este donante está en la cola: {state} desde el {date}. {reason}</translation>
    </message>
    <message>
        <location filename="ui/dialogs/fault_dialog.py"/>
        <source>Report</source>
        <translation>Informe</translation>
    </message>
    <message>
        <location filename="ui/dialogs/fault_dialog.py"/>
        <source>&amp;Copy the report</source>
        <translation>&amp;Copiar el informe</translation>
    </message>
    <message>
        <location filename="ui/dialogs/fault_dialog.py"/>
        <source>&amp;Open the folder</source>
        <translation>&amp;Abrir la carpeta</translation>
    </message>
    <message>
        <location filename="ui/dialogs/fault_dialog.py"/>
        <source>This is the whole report. It holds no donor and no key.</source>
        <translation>Este es el informe completo. No contiene ningún donante ni ninguna clave.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/fault_dialog.py"/>
        <source>AC Desktop ended unexpectedly the last time. Your donors are safe in the queue: whatever was being sent goes on from where it was.</source>
        <translation>AC Desktop terminó de forma inesperada la última vez. Sus donantes están a salvo en la cola: lo que se estaba enviando sigue desde donde estaba.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/fault_dialog.py"/>
        <source>AC Desktop made a mistake</source>
        <translation>AC Desktop cometió un error</translation>
    </message>
    <message>
        <location filename="ui/main/single_instance.py"/>
        <source>AC Desktop is open on this data folder already, and that window does not answer. Close it.</source>
        <translation>AC Desktop ya está abierto en esta carpeta de datos y esa ventana no responde. Ciérrela.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/help_dialog.py"/>
        <source>Help</source>
        <translation>Ayuda</translation>
    </message>
    <message>
        <location filename="ui/dialogs/help_dialog.py"/>
        <source>Pages of the help</source>
        <translation>Páginas de la ayuda</translation>
    </message>
    <message>
        <location filename="ui/dialogs/help_dialog.py"/>
        <source>The page that is read</source>
        <translation>La página que se lee</translation>
    </message>
    <message>
        <location filename="ui/main/help_controller.py"/>
        <source>The practice window could not be opened.</source>
        <translation>No se pudo abrir la ventana de práctica.</translation>
    </message>
    <message>
        <location filename="ui/importing/message_bar.py"/>
        <source>Look at it…</source>
        <translation>Mirarlo…</translation>
    </message>
    <message>
        <location filename="ui/importing/message_bar.py"/>
        <source>Close this message</source>
        <translation>Cerrar este mensaje</translation>
    </message>
    <message>
        <location filename="ui/importing/message_bar.py"/>
        <source>Close this message; it also stands in the log.</source>
        <translation>Cerrar este mensaje; también está en el registro.</translation>
    </message>
    <message>
        <location filename="ui/importing/check_model.py"/>
        <source>Will be relayed</source>
        <translation>Se enviarán</translation>
    </message>
    <message>
        <location filename="ui/importing/check_model.py"/>
        <source>Needs repair</source>
        <translation>Hay que corregir</translation>
    </message>
    <message>
        <location filename="ui/importing/check_model.py"/>
        <source>Row</source>
        <translation>Fila</translation>
    </message>
    <message>
        <location filename="ui/importing/check_model.py"/>
        <source>What happens</source>
        <translation>Qué pasa</translation>
    </message>
    <message>
        <location filename="ui/importing/check_model.py"/>
        <source>First name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <location filename="ui/importing/check_model.py"/>
        <source>Last name</source>
        <translation>Apellidos</translation>
    </message>
    <message>
        <location filename="ui/importing/check_model.py"/>
        <source>Page</source>
        <translation>Página</translation>
    </message>
    <message>
        <location filename="ui/importing/check_model.py"/>
        <source>Why</source>
        <translation>Por qué</translation>
    </message>
    <message>
        <location filename="ui/importing/check_model.py"/>
        <source>In ActiveCampaign</source>
        <translation>En ActiveCampaign</translation>
    </message>
    <message>
        <location filename="ui/importing/check_model.py"/>
        <source>Row {row}, {who}, {verdict}. {problem}</source>
        <translation>Fila {row}, {who}, {verdict}. {problem}</translation>
    </message>
    <message>
        <location filename="ui/importing/check_page.py"/>
        <source>Queue only what is &amp;new</source>
        <translation>Poner en cola solo lo &amp;nuevo</translation>
    </message>
    <message>
        <location filename="ui/importing/check_page.py"/>
        <source>Only rows with &amp;problems</source>
        <translation>Solo filas con &amp;problemas</translation>
    </message>
    <message>
        <location filename="ui/importing/check_page.py"/>
        <source>Rows by kind</source>
        <translation>Filas por tipo</translation>
    </message>
    <message>
        <location filename="ui/importing/check_page.py"/>
        <source>Rows of the file</source>
        <translation>Filas del archivo</translation>
    </message>
    <message>
        <location filename="ui/importing/check_page.py"/>
        <source>{rows} rows: {go} will be relayed, {held} need repair, {skipped} are skipped.</source>
        <translation>{rows} filas: {go} se enviarán, {held} hay que corregirlas, {skipped} se omiten.</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/importing/check_page.py"/>
        <source>%Ln row(s) of sums left out</source>
        <translation>
            <numerusform>Se deja fuera %Ln fila de totales</numerusform>
            <numerusform>Se dejan fuera %Ln filas de totales</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="ui/importing/check_page.py"/>
        <source>%Ln row(s) without a correction left as is</source>
        <translation>
            <numerusform>%Ln fila sin corrección queda como está</numerusform>
            <numerusform>%Ln filas sin corrección quedan como están</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="ui/importing/check_page.py"/>
        <source>%Ln blank row(s) left out</source>
        <translation>
            <numerusform>Se deja fuera %Ln fila vacía</numerusform>
            <numerusform>Se dejan fuera %Ln filas vacías</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/importing/check_page.py"/>
        <source>All rows</source>
        <translation>Todas las filas</translation>
    </message>
    <message>
        <location filename="ui/importing/check_page.py"/>
        <source>You queued this file on {date}; {fresh} of {rows} rows are new.</source>
        <translation>Puso este archivo en cola el {date}; {fresh} de {rows} filas son nuevas.</translation>
    </message>
    <message>
        <location filename="ui/importing/check_page.py"/>
        <source>{number} of {rows} rows came unchanged in an earlier file; {fresh} are new.</source>
        <translation>{number} de {rows} filas llegaron sin cambios en un archivo anterior; {fresh} son nuevas.</translation>
    </message>
    <message>
        <location filename="ui/importing/check_page.py"/>
        <source>With a warning</source>
        <translation>Con una advertencia</translation>
    </message>
    <message>
        <location filename="ui/importing/check_page.py"/>
        <source>&amp;Use {address}</source>
        <translation>&amp;Usar {address}</translation>
    </message>
    <message>
        <location filename="ui/importing/check_page.py"/>
        <source>This does not add up: {told} rows are kept.</source>
        <translation>No cuadra: se guardan {told} filas.</translation>
    </message>
    <message>
        <location filename="ui/importing/compare_bar.py"/>
        <source>Optional. Reads {donors} from ActiveCampaign and changes nothing: {least} if nobody is known there yet, {most} if everybody is.</source>
        <translation>Opcional. Lee {donors} de ActiveCampaign y no cambia nada: {least} si allí aún no se conoce a nadie, {most} si se conoce a todos.</translation>
    </message>
    <message>
        <location filename="ui/importing/compare_bar.py"/>
        <source>“{before}” → “{after}”</source>
        <translation>«{before}» → «{after}»</translation>
    </message>
    <message>
        <location filename="ui/importing/compare_bar.py"/>
        <source>adds “{after}”</source>
        <translation>añade «{after}»</translation>
    </message>
    <message>
        <location filename="ui/importing/compare_bar.py"/>
        <source>{new} new, {changes} with changes, {same} the same, {held} who would be held</source>
        <translation>{new} nuevos, {changes} con cambios, {same} iguales, {held} que se retendrían</translation>
    </message>
    <message>
        <location filename="ui/importing/compare_bar.py"/>
        <source>the same</source>
        <translation>igual</translation>
    </message>
    <message>
        <location filename="ui/importing/compare_bar.py"/>
        <source>New in ActiveCampaign</source>
        <translation>Nuevos en ActiveCampaign</translation>
    </message>
    <message>
        <location filename="ui/importing/compare_bar.py"/>
        <source>Changes something there</source>
        <translation>Cambian algo allí</translation>
    </message>
    <message>
        <location filename="ui/importing/compare_bar.py"/>
        <source>Changes nothing there</source>
        <translation>No cambian nada allí</translation>
    </message>
    <message>
        <location filename="ui/importing/compare_bar.py"/>
        <source>Would be held</source>
        <translation>Se retendrían</translation>
    </message>
    <message>
        <location filename="ui/importing/compare_bar.py"/>
        <source>&amp;Stop comparing</source>
        <translation>&amp;Dejar de comparar</translation>
    </message>
    <message>
        <location filename="ui/importing/compare_bar.py"/>
        <source>Co&amp;mpare with ActiveCampaign</source>
        <translation>Co&amp;mparar con ActiveCampaign</translation>
    </message>
    <message>
        <location filename="ui/importing/compare_bar.py"/>
        <source>{done} of {total} compared: {counts}.</source>
        <translation>{done} de {total} comparados: {counts}.</translation>
    </message>
    <message>
        <location filename="ui/importing/compare_bar.py"/>
        <source>Stopped after {done} of {total}: {counts}. Nothing was changed.</source>
        <translation>Detenido tras {done} de {total}: {counts}. No se cambió nada.</translation>
    </message>
    <message>
        <location filename="ui/importing/compare_bar.py"/>
        <source>{done} of {total} compared: {counts}. Nothing was changed.</source>
        <translation>{done} de {total} comparados: {counts}. No se cambió nada.</translation>
    </message>
    <message>
        <location filename="ui/importing/compare_bar.py"/>
        <source>Comparing ended after {done}: {problem} Nothing was changed.</source>
        <translation>La comparación acabó tras {done}: {problem} No se cambió nada.</translation>
    </message>
    <message>
        <location filename="ui/importing/flow.py"/>
        <source>Look at what these columns say before you queue it: {columns}.</source>
        <translation>Antes de ponerlo en la cola, vea qué dicen estas columnas: {columns}.</translation>
    </message>
    <message>
        <location filename="ui/importing/flow.py"/>
        <source>The file could not be read. Nothing was queued.</source>
        <translation>El archivo no se pudo leer. No se puso nada en la cola.</translation>
    </message>
    <message>
        <location filename="ui/importing/flow.py"/>
        <source>The rows read from this file are gone. Nothing was queued. Import the file again.</source>
        <translation>Las filas leídas de este archivo ya no están. No se puso nada en cola. Importe el archivo de nuevo.</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/importing/flow.py"/>
        <source>%Ln donor(s) taken back out of the queue.</source>
        <translation>
            <numerusform>%Ln donante retirado de la cola.</numerusform>
            <numerusform>%Ln donantes retirados de la cola.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/importing/flow.py"/>
        <source>It leaves open what only you can tell, such as a column or a page.</source>
        <translation>Deja abierto algo que solo usted sabe, como una columna o una página.</translation>
    </message>
    <message>
        <location filename="ui/importing/flow.py"/>
        <source>Rows in it that need repair: {number}.</source>
        <translation>Filas que hay que corregir: {number}.</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>no e-mail address</source>
        <translation>sin dirección de correo</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>incomplete e-mail address</source>
        <translation>dirección de correo incompleta</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>same donor twice, newest goes</source>
        <translation>mismo donante dos veces, va el más reciente</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>page is excluded</source>
        <translation>página excluida</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>page is not chosen</source>
        <translation>página no elegida</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>page of another team</source>
        <translation>página de otro equipo</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>page not known</source>
        <translation>página desconocida</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>team not known</source>
        <translation>equipo desconocido</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>another team</source>
        <translation>otro equipo</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>not a donation</source>
        <translation>no es una donación</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>not completed</source>
        <translation>no completada</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>test donation</source>
        <translation>donación de prueba</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>refunded</source>
        <translation>reembolsada</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>columns may have moved</source>
        <translation>las columnas pueden haberse movido</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>not to be emailed, says the file</source>
        <translation>el archivo dice que no se le escriba</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>consent not clear</source>
        <translation>consentimiento no claro</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>already sent, unchanged</source>
        <translation>ya enviada, sin cambios</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>already in the queue, unchanged</source>
        <translation>ya en la cola, sin cambios</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>replaced by a correction</source>
        <translation>reemplazada por una corrección</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>no mark, donor not found</source>
        <translation>sin marca, donante no encontrado</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>damaged mark, donor not found</source>
        <translation>marca dañada, donante no encontrado</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>mark of another data folder</source>
        <translation>marca de otra carpeta de datos</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>donor of another connection</source>
        <translation>donante de otra conexión</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>same mark twice</source>
        <translation>la misma marca dos veces</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>donor removed or erased</source>
        <translation>donante quitado o borrado</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>sent before the correction</source>
        <translation>enviado antes de la corrección</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>being sent</source>
        <translation>en envío</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>corrected elsewhere meanwhile</source>
        <translation>corregido mientras tanto en otro lugar</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>sent in bulk, to be confirmed</source>
        <translation>enviado en bloque, por confirmar</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>sent in bulk, found on the list</source>
        <translation>enviado en bloque, encontrado en la lista</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>sent in bulk, confirmed one by one</source>
        <translation>enviado en bloque, confirmado uno por uno</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>not found on the list after a bulk request</source>
        <translation>no encontrado en la lista después de una solicitud en bloque</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>removed from the list</source>
        <translation>quitado de la lista</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>on the list, but not active there</source>
        <translation>en la lista, pero no activo</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>damaged phone, left out</source>
        <translation>teléfono dañado, se deja fuera</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>phone of odd length</source>
        <translation>teléfono de longitud rara</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>phone without digits, left out</source>
        <translation>teléfono sin cifras, se deja fuera</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>address perhaps mistyped</source>
        <translation>dirección quizá mal escrita</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>several addresses, first taken</source>
        <translation>varias direcciones, se tomó la primera</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>address taken out of other text</source>
        <translation>dirección sacada de otro texto</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>name is an address, left out</source>
        <translation>el nombre es una dirección, se deja fuera</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>not to be contacted, says the file</source>
        <translation>no se debe contactar, dice el archivo</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>Whole name, to be parted</source>
        <translation>Nombre completo, para dividir</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>Action page ID</source>
        <translation>Identificador de la página de acción</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>Action page name</source>
        <translation>Nombre de la página de acción</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>Team</source>
        <translation>Equipo</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>Date, to tell the newest</source>
        <translation>Fecha, para saber cuál es la más reciente</translation>
    </message>
    <message>
        <location filename="ui/importing/reason_groups.py"/>
        <source>Donation ID</source>
        <translation>Identificador de la donación</translation>
    </message>
    <message>
        <location filename="ui/importing/match_page.py"/>
        <source>Choose…</source>
        <translation>Elegir…</translation>
    </message>
    <message>
        <location filename="ui/importing/match_page.py"/>
        <source>Month first: 4/9 is 9 April</source>
        <translation>Primero el mes: 4/9 es el 9 de abril</translation>
    </message>
    <message>
        <location filename="ui/importing/match_page.py"/>
        <source>Day first: 9/4 is 9 April</source>
        <translation>Primero el día: 9/4 es el 9 de abril</translation>
    </message>
    <message>
        <location filename="ui/importing/match_page.py"/>
        <source>Action &amp;page:</source>
        <translation>&amp;Página de acción:</translation>
    </message>
    <message>
        <location filename="ui/importing/match_page.py"/>
        <source>This connection takes only some pages. The page's ID in Anedot, or its address.</source>
        <translation>Esta conexión solo toma algunas páginas. El identificador de la página en Anedot, o su dirección.</translation>
    </message>
    <message>
        <location filename="ui/importing/match_page.py"/>
        <source>&amp;Dates:</source>
        <translation>&amp;Fechas:</translation>
    </message>
    <message>
        <location filename="ui/importing/match_page.py"/>
        <source>Columns and fields</source>
        <translation>Columnas y campos</translation>
    </message>
    <message>
        <location filename="ui/importing/match_page.py"/>
        <source>Column of the file</source>
        <translation>Columna del archivo</translation>
    </message>
    <message>
        <location filename="ui/importing/match_page.py"/>
        <source>Sample values</source>
        <translation>Valores de ejemplo</translation>
    </message>
    <message>
        <location filename="ui/importing/match_page.py"/>
        <source>Goes into</source>
        <translation>Va a</translation>
    </message>
    <message>
        <location filename="ui/importing/match_page.py"/>
        <source>Which action page did these donors come from? The file does not say.</source>
        <translation>¿De qué página de acción vienen estos donantes? El archivo no lo dice.</translation>
    </message>
    <message>
        <location filename="ui/importing/match_page.py"/>
        <source>Nothing is open: the file was recognised.</source>
        <translation>No queda nada por aclarar: el archivo se reconoció.</translation>
    </message>
    <message>
        <location filename="ui/importing/match_page.py"/>
        <source>Choose the column with the donors' e-mail addresses to go on.</source>
        <translation>Elija la columna con las direcciones de correo de los donantes para seguir.</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/importing/match_page.py"/>
        <source>%Ln column(s) not relayed. What you choose is remembered for files like this.</source>
        <translation>
            <numerusform>%Ln columna no se envía. Lo que elija se recuerda para archivos como este.</numerusform>
            <numerusform>%Ln columnas no se envían. Lo que elija se recuerda para archivos como este.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/importing/match_page.py"/>
        <source>Field for column {name}</source>
        <translation>Campo para la columna {name}</translation>
    </message>
    <message>
        <location filename="ui/importing/match_page.py"/>
        <source>{field} can be taken from one column only; “{column}” is not relayed any more.</source>
        <translation>{field} solo se puede tomar de una columna; «{column}» ya no se envía.</translation>
    </message>
    <message>
        <location filename="ui/importing/preview_model.py"/>
        <source>title row</source>
        <translation>fila de título</translation>
    </message>
    <message>
        <location filename="ui/importing/preview_model.py"/>
        <source>header row</source>
        <translation>fila de encabezado</translation>
    </message>
    <message>
        <location filename="ui/importing/preview_model.py"/>
        <source>donor</source>
        <translation>donante</translation>
    </message>
    <message>
        <location filename="ui/importing/preview_model.py"/>
        <source>blank row</source>
        <translation>fila vacía</translation>
    </message>
    <message>
        <location filename="ui/importing/preview_model.py"/>
        <source>row of sums</source>
        <translation>fila de totales</translation>
    </message>
    <message>
        <location filename="ui/importing/read_page.py"/>
        <source>none</source>
        <translation>ninguno</translation>
    </message>
    <message>
        <location filename="ui/importing/read_page.py"/>
        <source>&amp;Recognised as:</source>
        <translation>&amp;Reconocido como:</translation>
    </message>
    <message>
        <location filename="ui/importing/read_page.py"/>
        <source>&amp;Sheet:</source>
        <translation>&amp;Hoja:</translation>
    </message>
    <message>
        <location filename="ui/importing/read_page.py"/>
        <source>&amp;Encoding:</source>
        <translation>&amp;Codificación:</translation>
    </message>
    <message>
        <location filename="ui/importing/read_page.py"/>
        <source>Cells &amp;parted by:</source>
        <translation>Celdas se&amp;paradas por:</translation>
    </message>
    <message>
        <location filename="ui/importing/read_page.py"/>
        <source>&amp;Header row:</source>
        <translation>&amp;Fila de encabezado:</translation>
    </message>
    <message>
        <location filename="ui/importing/read_page.py"/>
        <source>Or click a row's number below.</source>
        <translation>O pulse abajo el número de una fila.</translation>
    </message>
    <message>
        <location filename="ui/importing/read_page.py"/>
        <source>First rows of the file</source>
        <translation>Primeras filas del archivo</translation>
    </message>
    <message>
        <location filename="ui/importing/read_page.py"/>
        <source>{name}, {size} KB</source>
        <translation>{name}, {size} KB</translation>
    </message>
    <message>
        <location filename="ui/importing/read_page.py"/>
        <source>comma</source>
        <translation>coma</translation>
    </message>
    <message>
        <location filename="ui/importing/read_page.py"/>
        <source>semicolon</source>
        <translation>punto y coma</translation>
    </message>
    <message>
        <location filename="ui/importing/read_page.py"/>
        <source>tab</source>
        <translation>tabulador</translation>
    </message>
    <message>
        <location filename="ui/importing/read_page.py"/>
        <source>bar |</source>
        <translation>barra |</translation>
    </message>
    <message>
        <location filename="ui/importing/read_page.py"/>
        <source>Progress</source>
        <translation>Progreso</translation>
    </message>
    <message>
        <location filename="ui/importing/read_page.py"/>
        <source>{rows} rows read, {rate} a second</source>
        <translation>{rows} filas leídas, {rate} por segundo</translation>
    </message>
    <message>
        <location filename="ui/importing/read_page.py"/>
        <source>{told}, about {left} left</source>
        <translation>{told}, quedan {left} aproximadamente</translation>
    </message>
    <message>
        <location filename="ui/importing/read_page.py"/>
        <source>{name}, {size} KB, about {rows} rows</source>
        <translation>{name}, {size} KB, unas {rows} filas</translation>
    </message>
    <message>
        <location filename="ui/importing/read_page.py"/>
        <source>Reading {name}…</source>
        <translation>Leyendo {name}…</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/importing/read_page.py"/>
        <source>{sheet} (%Ln row(s))</source>
        <translation>
            <numerusform>{sheet} (%Ln fila)</numerusform>
            <numerusform>{sheet} (%Ln filas)</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/importing/result_page.py"/>
        <source>Queued. Nothing is sent until you press Relay.</source>
        <translation>En la cola. No se envía nada hasta que pulse Enviar.</translation>
    </message>
    <message>
        <location filename="ui/importing/result_page.py"/>
        <source>&amp;Save receipt…</source>
        <translation>&amp;Guardar recibo…</translation>
    </message>
    <message>
        <location filename="ui/importing/result_page.py"/>
        <source>&amp;Undo</source>
        <translation>&amp;Deshacer</translation>
    </message>
    <message>
        <location filename="ui/importing/result_page.py"/>
        <source>These numbers change while donors are relayed.</source>
        <translation>Estos números cambian mientras se envían donantes.</translation>
    </message>
    <message>
        <location filename="ui/importing/result_page.py"/>
        <source>Save receipt</source>
        <translation>Guardar recibo</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/importing/result_page.py"/>
        <source>&amp;Undo: take %Ln donor(s) back out</source>
        <translation>
            <numerusform>&amp;Deshacer: retirar %Ln donante</numerusform>
            <numerusform>&amp;Deshacer: retirar %Ln donantes</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/importing/result_page.py"/>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <location filename="ui/importing/result_page.py"/>
        <source>Web page (*.html)</source>
        <translation>Página web (*.html)</translation>
    </message>
    <message>
        <location filename="ui/importing/result_page.py"/>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <location filename="ui/importing/result_page.py"/>
        <source>The receipt is saved as {name}.</source>
        <translation>El recibo se guardó como {name}.</translation>
    </message>
    <message>
        <location filename="ui/importing/result_page.py"/>
        <source>The receipt could not be written ({detail}). Choose another folder.</source>
        <translation>El recibo no se pudo escribir ({detail}). Elija otra carpeta.</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/importing/result_texts.py"/>
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln fila</numerusform>
            <numerusform>%Ln filas</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/importing/result_texts.py"/>
        <source>{file}: {account}</source>
        <translation>{file}: {account}</translation>
    </message>
    <message>
        <location filename="ui/importing/result_texts.py"/>
        <source>{number} waiting</source>
        <translation>{number} en espera</translation>
    </message>
    <message>
        <location filename="ui/importing/result_texts.py"/>
        <source>{number} skipped</source>
        <translation>{number} omitidos</translation>
    </message>
    <message>
        <location filename="ui/importing/result_texts.py"/>
        <source>{number} held</source>
        <translation>{number} retenidos</translation>
    </message>
    <message>
        <location filename="ui/importing/result_texts.py"/>
        <source>{number} sent</source>
        <translation>{number} enviados</translation>
    </message>
    <message>
        <location filename="ui/importing/result_texts.py"/>
        <source>{number} failed</source>
        <translation>{number} fallidos</translation>
    </message>
    <message>
        <location filename="ui/importing/result_texts.py"/>
        <source>{rows}: {parts}</source>
        <translation>{rows}: {parts}</translation>
    </message>
    <message>
        <location filename="ui/importing/sheet.py"/>
        <source>You corrected rows of this file. Leave without queueing it? The corrections are lost.</source>
        <translation>Corrigió filas de este archivo. ¿Salir sin ponerlo en cola? Las correcciones se pierden.</translation>
    </message>
    <message>
        <location filename="ui/importing/sheet.py"/>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <location filename="ui/importing/sheet.py"/>
        <source>&amp;Leave this file out</source>
        <translation>&amp;Dejar fuera este archivo</translation>
    </message>
    <message>
        <location filename="ui/importing/sheet.py"/>
        <source>Cancel import</source>
        <translation>Cancelar la importación</translation>
    </message>
    <message>
        <location filename="ui/importing/sheet.py"/>
        <source>Read</source>
        <translation>Leer</translation>
    </message>
    <message>
        <location filename="ui/importing/sheet.py"/>
        <source>Match</source>
        <translation>Asignar</translation>
    </message>
    <message>
        <location filename="ui/importing/sheet.py"/>
        <source>Check</source>
        <translation>Comprobar</translation>
    </message>
    <message>
        <location filename="ui/importing/sheet.py"/>
        <source>&amp;Done</source>
        <translation>&amp;Listo</translation>
    </message>
    <message>
        <location filename="ui/importing/sheet.py"/>
        <source>Import</source>
        <translation>Importar</translation>
    </message>
    <message>
        <location filename="ui/importing/sheet.py"/>
        <source>{number} {name}</source>
        <translation>{number} {name}</translation>
    </message>
    <message>
        <location filename="ui/importing/sheet.py"/>
        <source>&amp;Go on with the next file</source>
        <translation>&amp;Seguir con el archivo siguiente</translation>
    </message>
    <message>
        <location filename="ui/importing/sheet.py"/>
        <source>&amp;Close</source>
        <translation>&amp;Cerrar</translation>
    </message>
    <message>
        <location filename="ui/importing/sheet.py"/>
        <source>Queueing…</source>
        <translation>Poniendo en cola…</translation>
    </message>
    <message>
        <location filename="ui/importing/sheet.py"/>
        <source>Import file {number} of {total}: {name}</source>
        <translation>Importar archivo {number} de {total}: {name}</translation>
    </message>
    <message>
        <location filename="ui/importing/sheet.py"/>
        <source>Import: {name}</source>
        <translation>Importar: {name}</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/importing/sheet.py"/>
        <source>&amp;Queue %Ln donor(s)</source>
        <translation>
            <numerusform>&amp;Poner en cola %Ln donante</numerusform>
            <numerusform>&amp;Poner en cola %Ln donantes</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/importing/sheet.py"/>
        <source>&amp;Next</source>
        <translation>&amp;Siguiente</translation>
    </message>
    <message>
        <location filename="ui/importing/unread_notice.py"/>
        <source>Columns that are not used</source>
        <translation>Columnas que no se usan</translation>
    </message>
    <message>
        <location filename="ui/importing/controller.py"/>
        <source>Import donor files</source>
        <translation>Importar archivos de donantes</translation>
    </message>
    <message>
        <location filename="ui/importing/controller.py"/>
        <source>Set up a connection first; then drop the files again. Nothing was queued.</source>
        <translation>Primero cree una conexión; después suelte los archivos de nuevo. No se puso nada en la cola.</translation>
    </message>
    <message>
        <location filename="ui/importing/controller.py"/>
        <source>All files (*)</source>
        <translation>Todos los archivos (*)</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/importing/controller.py"/>
        <source>%Ln donor(s) wait again.</source>
        <translation>
            <numerusform>%Ln donante espera de nuevo.</numerusform>
            <numerusform>%Ln donantes esperan de nuevo.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/importing/controller.py"/>
        <source>Donor files ({endings})</source>
        <translation>Archivos de donantes ({endings})</translation>
    </message>
    <message>
        <location filename="ui/log/text_block.py"/>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <location filename="ui/log/text_block.py"/>
        <source>As it came</source>
        <translation>Tal como llegó</translation>
    </message>
    <message>
        <location filename="ui/log/text_block.py"/>
        <source>Copy “{title}”</source>
        <translation>Copiar «{title}»</translation>
    </message>
    <message>
        <location filename="ui/log/text_block.py"/>
        <source>Save “{title}”…</source>
        <translation>Guardar «{title}»…</translation>
    </message>
    <message>
        <location filename="ui/log/text_block.py"/>
        <source>“{name}” could not be written ({problem}).</source>
        <translation>«{name}» no se pudo escribir ({problem}).</translation>
    </message>
    <message>
        <location filename="ui/log/details.py"/>
        <source>Request Headers</source>
        <translation>Request Headers (cabeceras de la petición)</translation>
    </message>
    <message>
        <location filename="ui/log/details.py"/>
        <source>Request Body</source>
        <translation>Request Body (cuerpo de la petición)</translation>
    </message>
    <message>
        <location filename="ui/log/details.py"/>
        <source>Response Body</source>
        <translation>Response Body (cuerpo de la respuesta)</translation>
    </message>
    <message>
        <location filename="ui/log/details.py"/>
        <source>Response Status</source>
        <translation>Response Status (estado de la respuesta)</translation>
    </message>
    <message>
        <location filename="ui/log/details.py"/>
        <source>Requests as they were made</source>
        <translation>Las peticiones tal como se hicieron</translation>
    </message>
    <message>
        <location filename="ui/log/details.py"/>
        <source>Attempts</source>
        <translation>Intentos</translation>
    </message>
    <message>
        <location filename="ui/log/details.py"/>
        <source>Summary</source>
        <translation>Resumen</translation>
    </message>
    <message>
        <location filename="ui/log/details.py"/>
        <source>Source row</source>
        <translation>Fila de origen</translation>
    </message>
    <message>
        <location filename="ui/log/details.py"/>
        <source>Details</source>
        <translation>Detalles</translation>
    </message>
    <message>
        <location filename="ui/log/details.py"/>
        <source>Attempt</source>
        <translation>Intento</translation>
    </message>
    <message>
        <location filename="ui/log/details.py"/>
        <source>Request</source>
        <translation>Petición</translation>
    </message>
    <message>
        <location filename="ui/log/details.py"/>
        <source>Response</source>
        <translation>Respuesta</translation>
    </message>
    <message>
        <location filename="ui/log/details.py"/>
        <source>Choose a donor or a line of the log.</source>
        <translation>Elija un donante o una línea del registro.</translation>
    </message>
    <message>
        <location filename="ui/log/details.py"/>
        <source>Attempt {number} of {count}, {time}</source>
        <translation>Intento {number} de {count}, {time}</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>Put back in the queue by {who}: {donors}.</source>
        <translation>Devuelto a la cola por {who}: {donors}.</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>The list was read back. Found: {confirmed}. Not active: {not_active}. Not found: {missing}.</source>
        <translation>Se leyó la lista. Encontrados: {confirmed}. No activos: {not_active}. No encontrados: {missing}.</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>Switched off after {streak} failed attempts in a row, while {who} was at the computer. {reason}</source>
        <translation>Desconectada tras {streak} intentos fallidos seguidos, mientras {who} estaba en el equipo. {reason}</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>look-up</source>
        <translation>consulta</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>contact</source>
        <translation>contacto</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>memberships</source>
        <translation>pertenencias</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>list</source>
        <translation>lista</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>bulk</source>
        <translation>en bloque</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>result</source>
        <translation>resultado</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>list read back</source>
        <translation>lectura de la lista</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source> The donor stays in the queue.</source>
        <translation> El donante sigue en la cola.</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>someone</source>
        <translation>alguien</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>{method} {path} ({step} step)</source>
        <translation>{method} {path} (paso {step})</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>{status} after {ms} ms</source>
        <translation>{status} tras {ms} ms</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>On the list.</source>
        <translation>En la lista.</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>Failed, {streak} in a row: {reason}</source>
        <translation>Falló, {streak} seguidos: {reason}</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>Connection set up by {who}.</source>
        <translation>Conexión creada por {who}.</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>Connection changed by {who}.</source>
        <translation>Conexión cambiada por {who}.</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>Paused by {who}.</source>
        <translation>Pausada por {who}.</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>Resumed by {who}.</source>
        <translation>Reanudada por {who}.</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>Reactivated by {who}.</source>
        <translation>Reactivada por {who}.</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>Queued by {who}:</source>
        <translation>Puesto en cola por {who}:</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>A person was erased by {who}; receipt:</source>
        <translation>{who} ha borrado a una persona; recibo:</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>{kind} by {who}.</source>
        <translation>{kind}, por {who}.</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>Taken back out of the queue by {who}: {donors} of {file}.</source>
        <translation>Sacado de la cola por {who}: {donors} de {file}.</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>Queued by {who}: {file}, {account}</source>
        <translation>Puesto en cola por {who}: {file}, {account}</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>{donors} skipped for good by {who}.</source>
        <translation>{donors}: {who} decidió omitir definitivamente.</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>{donors} to be subscribed again, decided by {who}.</source>
        <translation>{donors}: {who} decidió volver a suscribir.</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>Status</source>
        <translation>Estado</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>Answer</source>
        <translation>Respuesta</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>Problem</source>
        <translation>Problema</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>No answer after {ms} ms: {trouble}</source>
        <translation>Sin respuesta tras {ms} ms: {trouble}</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>Held: {reason}</source>
        <translation>Retenido: {reason}</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>Kept held by {who}.</source>
        <translation>{who} decidió mantener la retención.</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>{donors} kept held by {who}.</source>
        <translation>{donors}: {who} decidió mantener la retención.</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>Skipped for good by {who}.</source>
        <translation>{who} decidió omitir definitivamente.</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>To be subscribed again, decided by {who}.</source>
        <translation>{who} decidió volver a suscribir.</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>Reason: {why}</source>
        <translation>Motivo: {why}</translation>
    </message>
    <message>
        <location filename="ui/log/menu.py"/>
        <source>Go to the donor in the queue</source>
        <translation>Ir al donante en la cola</translation>
    </message>
    <message>
        <location filename="ui/log/menu.py"/>
        <source>Show what was sent and answered</source>
        <translation>Mostrar lo enviado y la respuesta</translation>
    </message>
    <message>
        <location filename="ui/log/menu.py"/>
        <source>Copy this line</source>
        <translation>Copiar esta línea</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/log/menu.py"/>
        <source>Copy %Ln line(s) shown</source>
        <translation>
            <numerusform>Copiar %Ln línea mostrada</numerusform>
            <numerusform>Copiar %Ln líneas mostradas</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/log/menu.py"/>
        <source>This line is about no donor.</source>
        <translation>Esta línea no trata de ningún donante.</translation>
    </message>
    <message>
        <location filename="ui/log/model.py"/>
        <source>Time</source>
        <translation>Hora</translation>
    </message>
    <message>
        <location filename="ui/log/model.py"/>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <location filename="ui/log/model.py"/>
        <source>Donor</source>
        <translation>Donante</translation>
    </message>
    <message>
        <location filename="ui/log/model.py"/>
        <source>What happened</source>
        <translation>Qué pasó</translation>
    </message>
    <message>
        <location filename="ui/log/pane.py"/>
        <source>Requests and answers appear here as they happen. Keys are masked.</source>
        <translation>Aquí aparecen las peticiones y respuestas según ocurren. Las claves se ocultan.</translation>
    </message>
    <message>
        <location filename="ui/log/pane.py"/>
        <source>Log</source>
        <translation>Registro</translation>
    </message>
    <message>
        <location filename="ui/log/pane.py"/>
        <source>Search the log</source>
        <translation>Buscar en el registro</translation>
    </message>
    <message>
        <location filename="ui/log/pane.py"/>
        <source>Show lines of kind {kind}</source>
        <translation>Mostrar líneas de tipo {kind}</translation>
    </message>
    <message>
        <location filename="ui/log/relay_text.py"/>
        <source>no answer</source>
        <translation>sin respuesta</translation>
    </message>
    <message>
        <location filename="ui/log/relay_text.py"/>
        <source>{email}, {when}</source>
        <translation>{email}, {when}</translation>
    </message>
    <message>
        <location filename="ui/log/relay_text.py"/>
        <source>Attempt {number}, {when}, {ms} ms</source>
        <translation>Intento {number}, {when}, {ms} ms</translation>
    </message>
    <message>
        <location filename="ui/log/relay_text.py"/>
        <source>{email}: skipped, so nothing is sent. A relay would send this.</source>
        <translation>{email}: omitido, así que no se envía nada. Un envío mandaría esto.</translation>
    </message>
    <message>
        <location filename="ui/log/relay_text.py"/>
        <source>{email}: held, so nothing is sent. A relay would send this.</source>
        <translation>{email}: retenido, así que no se envía nada. Un envío mandaría esto.</translation>
    </message>
    <message>
        <location filename="ui/log/relay_text.py"/>
        <source>{email}: not sent yet. This is what a relay sends.</source>
        <translation>{email}: aún sin enviar. Esto es lo que manda un envío.</translation>
    </message>
    <message>
        <location filename="ui/log/relay_text.py"/>
        <source>{number}. {step}: {method} {path} → {status}, {ms} ms</source>
        <translation>{number}. {step}: {method} {path} → {status}, {ms} ms</translation>
    </message>
    <message>
        <location filename="ui/log/relay_text.py"/>
        <source>Response Headers</source>
        <translation>Cabeceras de la respuesta</translation>
    </message>
    <message>
        <location filename="ui/log/relay_text.py"/>
        <source>(empty)</source>
        <translation>(vacío)</translation>
    </message>
    <message>
        <location filename="ui/log/relay_text.py"/>
        <source>(The answer was longer; the rest was not kept.)</source>
        <translation>(La respuesta era más larga; el resto no se guardó.)</translation>
    </message>
    <message>
        <location filename="ui/log/relay_text.py"/>
        <source>Decision, {when}</source>
        <translation>Decisión, {when}</translation>
    </message>
    <message>
        <location filename="ui/log/summary.py"/>
        <source>This donor did not come from a file.</source>
        <translation>Este donante no vino de un archivo.</translation>
    </message>
    <message>
        <location filename="ui/log/summary.py"/>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <location filename="ui/log/summary.py"/>
        <source>Who can fix it</source>
        <translation>Quién lo puede resolver</translation>
    </message>
    <message>
        <location filename="ui/log/summary.py"/>
        <source>Steps</source>
        <translation>Pasos</translation>
    </message>
    <message>
        <location filename="ui/log/summary.py"/>
        <source>Last change</source>
        <translation>Último cambio</translation>
    </message>
    <message>
        <location filename="ui/log/summary.py"/>
        <source>Source</source>
        <translation>Origen</translation>
    </message>
    <message>
        <location filename="ui/log/summary.py"/>
        <source>This donor was sent and is on the list.</source>
        <translation>Este donante se envió y está en la lista.</translation>
    </message>
    <message>
        <location filename="ui/log/summary.py"/>
        <source>This donor is being sent right now.</source>
        <translation>Este donante se está enviando ahora mismo.</translation>
    </message>
    <message>
        <location filename="ui/log/summary.py"/>
        <source>Not sent yet: this donor waits until you press Relay.</source>
        <translation>Aún sin enviar: este donante espera hasta que pulse Enviar.</translation>
    </message>
    <message>
        <location filename="ui/log/summary.py"/>
        <source>Not sent yet: the last try failed, and another one follows. {why}</source>
        <translation>Aún sin enviar: el último intento falló y sigue otro. {why}</translation>
    </message>
    <message>
        <location filename="ui/log/summary.py"/>
        <source>Not sent, as it needs your decision. {why}</source>
        <translation>Sin enviar, porque necesita su decisión. {why}</translation>
    </message>
    <message>
        <location filename="ui/log/summary.py"/>
        <source>Not sent, by rule: {why}</source>
        <translation>Sin enviar, por regla: {why}</translation>
    </message>
    <message>
        <location filename="ui/log/summary.py"/>
        <source>Not sent, and nothing happens by itself any more. {why}</source>
        <translation>Sin enviar, y ya no pasa nada por sí solo. {why}</translation>
    </message>
    <message>
        <location filename="ui/main/main_window.py"/>
        <source>AC Desktop</source>
        <translation>AC Desktop</translation>
    </message>
    <message>
        <location filename="ui/main/main_window.py"/>
        <source>Tools</source>
        <translation>Herramientas</translation>
    </message>
    <message>
        <location filename="ui/main/main_window.py"/>
        <source>An import or a form is open. Finish it or close it; then choose the language again.</source>
        <translation>Hay una importación o un formulario abierto. Termínelo o ciérrelo y elija el idioma de nuevo.</translation>
    </message>
    <message>
        <location filename="ui/main/main_window.py"/>
        <source>Set up a connection first; then drop donor files here.</source>
        <translation>Primero cree una conexión; después suelte aquí archivos de donantes.</translation>
    </message>
    <message>
        <location filename="ui/main/main_window.py"/>
        <source>Finishing the donors that are being sent. The others stay in the queue.</source>
        <translation>Se terminan los donantes que se están enviando. Los demás siguen en la cola.</translation>
    </message>
    <message>
        <location filename="ui/main/main_window.py"/>
        <source>Drop donor files here, CSV, Excel, JSON or ZIP, to check and queue their donors for “{name}”. Nothing is sent until you press Relay.</source>
        <translation>Suelte aquí archivos de donantes, CSV, Excel, JSON o ZIP, para comprobarlos y ponerlos en la cola de «{name}». No se envía nada hasta que pulse Enviar.</translation>
    </message>
    <message>
        <location filename="ui/main/main_window.py"/>
        <source>Practice: {title}</source>
        <translation>Práctica: {title}</translation>
    </message>
    <message>
        <location filename="ui/main/main_window.py"/>
        <source>{share} %: {title}</source>
        <translation>{share} %: {title}</translation>
    </message>
    <message>
        <location filename="ui/main/main_window.py"/>
        <source>⚠ Inactive: {names} | {title}</source>
        <translation>⚠ Inactiva: {names} | {title}</translation>
    </message>
    <message>
        <location filename="ui/main/main_window.py"/>
        <source>The donors are just being queued. Close again in a moment.</source>
        <translation>Los donantes se están poniendo en cola ahora mismo. Cierre de nuevo en un momento.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/bulk_offer_dialog.py"/>
        <source>&amp;One by one</source>
        <translation>&amp;Uno por uno</translation>
    </message>
    <message>
        <location filename="ui/dialogs/bulk_offer_dialog.py"/>
        <source>In &amp;bulk</source>
        <translation>En &amp;bloque</translation>
    </message>
    <message>
        <location filename="ui/dialogs/bulk_offer_dialog.py"/>
        <source>Relay {donors}</source>
        <translation>Enviar {donors}</translation>
    </message>
    <message>
        <location filename="ui/dialogs/bulk_offer_dialog.py"/>
        <source>One by one this takes {one_by_one}, in bulk {bulk}.</source>
        <translation>Uno por uno tarda {one_by_one}, en bloque {bulk}.</translation>
    </message>
    <message>
        <location filename="ui/main/opening_notices.py"/>
        <source>The donor database was moved aside</source>
        <translation>La base de datos de donantes se ha apartado</translation>
    </message>
    <message>
        <location filename="ui/main/opening_notices.py"/>
        <source>&amp;Go on</source>
        <translation>&amp;Seguir</translation>
    </message>
    <message>
        <location filename="ui/main/opening_notices.py"/>
        <source>&amp;Bring back the backup of {day}</source>
        <translation>&amp;Recuperar la copia del {day}</translation>
    </message>
    <message>
        <location filename="ui/main/opening_notices.py"/>
        <source>There is a backup of {day}. Donors who were relayed since then are waiting in it and would be relayed once more; what came in since then is not in it.</source>
        <translation>Hay una copia de seguridad del {day}. Los donantes enviados desde entonces esperan en ella y se enviarían otra vez; lo que ha llegado desde entonces no está en ella.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/clock_dialog.py"/>
        <source>Is today's date right?</source>
        <translation>¿Es correcta la fecha de hoy?</translation>
    </message>
    <message>
        <location filename="ui/dialogs/clock_dialog.py"/>
        <source>The date is &amp;right</source>
        <translation>La fecha es &amp;correcta</translation>
    </message>
    <message>
        <location filename="ui/dialogs/clock_dialog.py"/>
        <source>This computer's date is {clock}. The last date AC Desktop saw is {last_seen}. If today's date is right, AC Desktop now deletes the donor data that has reached its age limit. If it is wrong, correct the computer's clock first. Until you confirm the date, no donor data is deleted because of its age.</source>
        <translation>La fecha de esta computadora es {clock}. La última fecha que AC Desktop vio es {last_seen}. Si la fecha de hoy es correcta, AC Desktop elimina ahora los datos de donantes que alcanzaron su límite de antigüedad. Si es incorrecta, corrija primero el reloj de la computadora. Hasta que usted confirme la fecha, no se elimina ningún dato de donantes por su antigüedad.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/privacy_controller.py"/>
        <source>This computer's date is far ahead of the last date AC Desktop saw. No donor data is deleted because of its age until you confirm the date.</source>
        <translation>La fecha de esta computadora está muy adelantada respecto de la última fecha que AC Desktop vio. No se elimina ningún dato de donantes por su antigüedad hasta que usted confirme la fecha.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/erase_dialog.py"/>
        <source>&amp;Erase for good</source>
        <translation>&amp;Borrar para siempre</translation>
    </message>
    <message>
        <location filename="ui/dialogs/erase_dialog.py"/>
        <source>Erase a donor</source>
        <translation>Borrar a un donante</translation>
    </message>
    <message>
        <location filename="ui/dialogs/erase_dialog.py"/>
        <source>E-&amp;mail:</source>
        <translation>&amp;Correo:</translation>
    </message>
    <message>
        <location filename="ui/dialogs/erase_dialog.py"/>
        <source>Erasing. In a large queue this takes some seconds.</source>
        <translation>Borrando. En una cola grande tarda unos segundos.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/erase_dialog.py"/>
        <source>Erased: the receipt</source>
        <translation>Borrado: el recibo</translation>
    </message>
    <message>
        <location filename="ui/dialogs/erase_dialog.py"/>
        <source>It holds the address, so AC Desktop does not keep it: copy or save it if you need it.</source>
        <translation>Contiene la dirección, así que AC Desktop no lo guarda: cópielo o guárdelo si lo necesita.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/erase_dialog.py"/>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <location filename="ui/dialogs/erase_dialog.py"/>
        <source>&amp;Save…</source>
        <translation>&amp;Guardar…</translation>
    </message>
    <message>
        <location filename="ui/dialogs/erase_dialog.py"/>
        <source>Save the receipt</source>
        <translation>Guardar el recibo</translation>
    </message>
    <message>
        <location filename="ui/dialogs/erase_dialog.py"/>
        <source>receipt.txt</source>
        <translation>recibo.txt</translation>
    </message>
    <message>
        <location filename="ui/dialogs/erase_dialog.py"/>
        <source>Texts (*.txt)</source>
        <translation>Textos (*.txt)</translation>
    </message>
    <message>
        <location filename="ui/dialogs/erase_dialog.py"/>
        <source>Takes this person out of everything AC Desktop keeps on this computer: queue, log, removed donors and backups. Whoever still waits is not relayed any more. It cannot be undone, and ActiveCampaign is not told.</source>
        <translation>Quita a esta persona de todo lo que AC Desktop guarda en este equipo: cola, registro, donantes retirados y copias de seguridad. Quien aún espera ya no se envía. No se puede deshacer, y ActiveCampaign no se entera.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/erase_dialog.py"/>
        <source>Type the whole address.</source>
        <translation>Escriba la dirección entera.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/erase_dialog.py"/>
        <source>There is no record of this address. Erasing still looks through everything else.</source>
        <translation>No hay ningún registro de esta dirección. El borrado busca igualmente en todo lo demás.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/erase_dialog.py"/>
        <source>Found: {records} in the queue, {removed} among the removed, {attempts} in the log.</source>
        <translation>Encontrados: {records} en la cola, {removed} entre los quitados, {attempts} en el registro.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/erase_dialog.py"/>
        <source>Saved as {file}.</source>
        <translation>Guardado como {file}.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/erase_dialog.py"/>
        <source>{file} could not be written: {problem}.</source>
        <translation>No se ha podido escribir {file}: {problem}.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/retention_dialog.py"/>
        <source>&amp;Forget sent donors after some days</source>
        <translation>&amp;Olvidar a los donantes enviados al cabo de unos días</translation>
    </message>
    <message>
        <location filename="ui/dialogs/retention_dialog.py"/>
        <source>How long data is kept</source>
        <translation>Cuánto tiempo se guardan los datos</translation>
    </message>
    <message>
        <location filename="ui/dialogs/retention_dialog.py"/>
        <source>&amp;Days after the relay:</source>
        <translation>&amp;Días después del envío:</translation>
    </message>
    <message>
        <location filename="ui/dialogs/retention_dialog.py"/>
        <source>After these days the names and addresses of sent and skipped donors go, and what the log holds of their requests and answers. Counts stay, receipts still balance, and a row that comes again is still known. Donors who wait, are held or have failed stay.</source>
        <translation>Pasados estos días se quitan los nombres y las direcciones de los donantes enviados y omitidos, y lo que el registro guarda de sus envíos y respuestas. Los recuentos quedan, los recibos siguen cuadrando y una fila que vuelve a llegar se reconoce. Los donantes que esperan, están retenidos o han fallado se quedan.</translation>
    </message>
    <message>
        <location filename="ui/main/status/activity_pane.py"/>
        <source>Last &amp;hour</source>
        <translation>Última &amp;hora</translation>
    </message>
    <message>
        <location filename="ui/main/status/activity_pane.py"/>
        <source>By da&amp;y</source>
        <translation>Por &amp;día</translation>
    </message>
    <message>
        <location filename="ui/main/status/activity_chart.py"/>
        <source>In the last hour {sent} were sent and {failed} attempts failed.</source>
        <translation>En la última hora se enviaron {sent} y fallaron {failed} intentos.</translation>
    </message>
    <message>
        <location filename="ui/main/status/activity_chart.py"/>
        <source>In the last thirty days {sent} were sent and {failed} attempts failed.</source>
        <translation>En los últimos treinta días se enviaron {sent} y fallaron {failed} intentos.</translation>
    </message>
    <message>
        <location filename="ui/main/status/activity_chart.py"/>
        <source>Relays over time</source>
        <translation>Envíos en el tiempo</translation>
    </message>
    <message>
        <location filename="ui/main/status/activity_chart.py"/>
        <source>Nothing was sent in this time.</source>
        <translation>En este tiempo no se envió nada.</translation>
    </message>
    <message>
        <location filename="ui/main/status/activity_chart.py"/>
        <source>{when}: {sent} sent, {failed} failed</source>
        <translation>{when}: {sent} enviados, {failed} fallidos</translation>
    </message>
    <message>
        <location filename="ui/main/status/activity_chart.py"/>
        <source>Most: {bar}</source>
        <translation>Máximo: {bar}</translation>
    </message>
    <message>
        <location filename="ui/main/status/status_line.py"/>
        <source>Requests a second</source>
        <translation>Peticiones por segundo</translation>
    </message>
    <message>
        <location filename="ui/main/status/status_text.py"/>
        <source>All programs together use {used} of the account's {limit} in this second.</source>
        <translation>Todos los programas juntos usan {used} de las {limit} de la cuenta en este segundo.</translation>
    </message>
    <message>
        <location filename="ui/main/status/status_text.py"/>
        <source>Done: {told}.</source>
        <translation>Hecho: {told}.</translation>
    </message>
    <message>
        <location filename="ui/main/status/status_text.py"/>
        <source>pace {pace} of {most} requests/s</source>
        <translation>ritmo {pace} de {most} peticiones/s</translation>
    </message>
    <message>
        <location filename="ui/main/status/status_text.py"/>
        <source>We make {rate} requests a second.</source>
        <translation>Hacemos {rate} peticiones por segundo.</translation>
    </message>
    <message>
        <location filename="ui/main/status/status_text.py"/>
        <source>{number} to confirm</source>
        <translation>{number} por confirmar</translation>
    </message>
    <message>
        <location filename="ui/main/status/status_text.py"/>
        <source>{rate} donors/s</source>
        <translation>{rate} donantes/s</translation>
    </message>
    <message>
        <location filename="ui/main/status/status_text.py"/>
        <source>about {time} left</source>
        <translation>quedan {time} aproximadamente</translation>
    </message>
    <message>
        <location filename="ui/main/status/status_text.py"/>
        <source>{waiting} waiting · {sent} sent · {failed} failed · {held} held</source>
        <translation>{waiting} en espera · {sent} enviados · {failed} fallidos · {held} retenidos</translation>
    </message>
    <message>
        <location filename="ui/main/status/status_text.py"/>
        <source>to relay {donors}: {time}</source>
        <translation>enviar {donors}: {time}</translation>
    </message>
    <message>
        <location filename="ui/main/status/status_text.py"/>
        <source>Paused: {told}.</source>
        <translation>Pausada: {told}.</translation>
    </message>
    <message>
        <location filename="ui/main/status/status_text.py"/>
        <source>Switched off: {told}.</source>
        <translation>Desconectada: {told}.</translation>
    </message>
    <message>
        <location filename="ui/main/status/status_text.py"/>
        <source>Done with {failed} failed: {told}.</source>
        <translation>Hecho con {failed} fallidos: {told}.</translation>
    </message>
    <message>
        <location filename="ui/main/status/status_text.py"/>
        <source>Relayed: {told}; in the queue: {rest}.</source>
        <translation>Envío hecho: {told}; en la cola: {rest}.</translation>
    </message>
    <message>
        <location filename="ui/main/status/status_text.py"/>
        <source>next try in {time}</source>
        <translation>próximo intento en {time}</translation>
    </message>
    <message>
        <location filename="ui/main/status/status_text.py"/>
        <source>{number} still waiting</source>
        <translation>{number} siguen en espera</translation>
    </message>
    <message>
        <location filename="ui/main/status/status_text.py"/>
        <source>{number} failed earlier</source>
        <translation>{number} fallidos antes</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/resend_dialog.py"/>
        <source>%Ln held donor(s) left alone: they lack consent, a good address or a page.</source>
        <translation>
            <numerusform>Se deja en paz a %Ln donante retenido: le falta consentimiento, una dirección válida o una página.</numerusform>
            <numerusform>Se deja en paz a %Ln donantes retenidos: les falta consentimiento, una dirección válida o una página.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/queue/resend_dialog.py"/>
        <source>Only those last changed between two &amp;days</source>
        <translation>Solo los cambiados por última vez entre dos &amp;días</translation>
    </message>
    <message>
        <location filename="ui/queue/resend_dialog.py"/>
        <source>&amp;Failed donors</source>
        <translation>Donantes &amp;fallidos</translation>
    </message>
    <message>
        <location filename="ui/queue/resend_dialog.py"/>
        <source>&amp;Held donors, but not those held for consent or for a missing address</source>
        <translation>Donantes &amp;retenidos, pero no por consentimiento ni por faltar la dirección</translation>
    </message>
    <message>
        <location filename="ui/queue/resend_dialog.py"/>
        <source>&amp;All: failed and held ones, and those already sent once more</source>
        <translation>&amp;Todos: fallidos y retenidos, y otra vez los ya enviados</translation>
    </message>
    <message>
        <location filename="ui/queue/resend_dialog.py"/>
        <source>All files and typed donors</source>
        <translation>Todos los archivos y donantes escritos a mano</translation>
    </message>
    <message>
        <location filename="ui/queue/resend_dialog.py"/>
        <source>Of f&amp;ile:</source>
        <translation>Del arch&amp;ivo:</translation>
    </message>
    <message>
        <location filename="ui/queue/resend_dialog.py"/>
        <source>F&amp;rom:</source>
        <translation>&amp;Desde:</translation>
    </message>
    <message>
        <location filename="ui/queue/resend_dialog.py"/>
        <source>&amp;To:</source>
        <translation>&amp;Hasta:</translation>
    </message>
    <message>
        <location filename="ui/queue/resend_dialog.py"/>
        <source>&amp;Push</source>
        <translation>&amp;Enviar</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/resend_dialog.py"/>
        <source>&amp;Push %Ln donor(s)</source>
        <translation>
            <numerusform>&amp;Enviar %Ln donante</numerusform>
            <numerusform>&amp;Enviar %Ln donantes</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/queue/resend_dialog.py"/>
        <source>They wait again and go with the next Relay.</source>
        <translation>Esperan de nuevo y van con el próximo Enviar.</translation>
    </message>
    <message>
        <location filename="ui/queue/resend_dialog.py"/>
        <source>Push unsent: {connection}</source>
        <translation>Enviar lo pendiente: {connection}</translation>
    </message>
    <message>
        <location filename="ui/queue/failure_cards.py"/>
        <source>Causes of the failures</source>
        <translation>Causas de los fallos</translation>
    </message>
    <message>
        <location filename="ui/queue/failure_cards.py"/>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
    <message>
        <location filename="ui/queue/failure_cards.py"/>
        <source>Show the donors of this cause alone</source>
        <translation>Mostrar solo los donantes de esta causa</translation>
    </message>
    <message>
        <location filename="ui/queue/failure_cards.py"/>
        <source>Retry these {number}</source>
        <translation>Reintentar estos {number}</translation>
    </message>
    <message>
        <location filename="ui/queue/failure_cards.py"/>
        <source>for example: {reason}</source>
        <translation>por ejemplo: {reason}</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>Both steps are to do.</source>
        <translation>Faltan los dos pasos.</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>Started</source>
        <translation>Empezó</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>Since</source>
        <translation>Desde</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>Why held</source>
        <translation>Por qué se retiene</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>Why skipped</source>
        <translation>Por qué se omite</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>When</source>
        <translation>Cuándo</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>Source · row</source>
        <translation>Origen · fila</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>Contact</source>
        <translation>Contacto</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>Tries</source>
        <translation>Intentos</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>Next try</source>
        <translation>Próximo intento</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>Contact number</source>
        <translation>Número de contacto</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>Step now</source>
        <translation>Paso actual</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>New or updated</source>
        <translation>Nuevo o actualizado</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>Code</source>
        <translation>Código</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>Decide</source>
        <translation>Decidir</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>(no longer kept)</source>
        <translation>(ya no se guarda)</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>when relayed</source>
        <translation>al enviar</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>done</source>
        <translation>hecho</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>Handed over in bulk; what became of it is still to be asked.</source>
        <translation>Entregado en bloque; aún hay que preguntar qué fue de él.</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>Skipped: neither step is done.</source>
        <translation>Omitido: no se hizo ninguno de los pasos.</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>Decide…</source>
        <translation>Decidir…</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>contact step</source>
        <translation>paso de contacto</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>list step</source>
        <translation>paso de lista</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>asking for the result</source>
        <translation>preguntando el resultado</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>{file} · {row}</source>
        <translation>{file} · {row}</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>in {time}</source>
        <translation>en {time}</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/columns.py"/>
        <source>attempts: %Ln</source>
        <translation>
            <numerusform>intentos: %Ln</numerusform>
            <numerusform>intentos: %Ln</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>updated</source>
        <translation>actualizado</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>now</source>
        <translation>ahora</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>to do</source>
        <translation>pendiente</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>Contact {contact} is on the list.</source>
        <translation>El contacto {contact} está en la lista.</translation>
    </message>
    <message>
        <location filename="ui/queue/columns.py"/>
        <source>Contact {contact} is saved; the list step is to do.</source>
        <translation>El contacto {contact} está guardado; falta el paso de lista.</translation>
    </message>
    <message>
        <location filename="ui/queue/clipboard.py"/>
        <source>AC Desktop could not put a donor onto a list of ActiveCampaign.</source>
        <translation>AC Desktop no pudo poner a un donante en una lista de ActiveCampaign.</translation>
    </message>
    <message>
        <location filename="ui/queue/clipboard.py"/>
        <source>Account: {account}</source>
        <translation>Cuenta: {account}</translation>
    </message>
    <message>
        <location filename="ui/queue/clipboard.py"/>
        <source>List: {list}</source>
        <translation>Lista: {list}</translation>
    </message>
    <message>
        <location filename="ui/queue/clipboard.py"/>
        <source>Key: {key}</source>
        <translation>Clave: {key}</translation>
    </message>
    <message>
        <location filename="ui/queue/clipboard.py"/>
        <source>Cause: {cause}</source>
        <translation>Causa: {cause}</translation>
    </message>
    <message>
        <location filename="ui/queue/clipboard.py"/>
        <source>Request: {method} {path}</source>
        <translation>Petición: {method} {path}</translation>
    </message>
    <message>
        <location filename="ui/queue/clipboard.py"/>
        <source>Answer: {status}</source>
        <translation>Respuesta: {status}</translation>
    </message>
    <message>
        <location filename="ui/queue/clipboard.py"/>
        <source>Time: {time}</source>
        <translation>Hora: {time}</translation>
    </message>
    <message>
        <location filename="ui/queue/decide_dialog.py"/>
        <source>Subscribe &amp;again those who left the list and asked for it: {again} of {number}</source>
        <translation>Suscribir de &amp;nuevo a quienes dejaron la lista y lo pidieron: {again} de {number}</translation>
    </message>
    <message>
        <location filename="ui/queue/decide_dialog.py"/>
        <source>Subscribe &amp;again, as this person asked for it</source>
        <translation>Suscribir de &amp;nuevo, porque esta persona lo pidió</translation>
    </message>
    <message>
        <location filename="ui/queue/decide_dialog.py"/>
        <source>&amp;Reason, such as a letter or a call from them:</source>
        <translation>&amp;Motivo, como una carta o una llamada suya:</translation>
    </message>
    <message>
        <location filename="ui/queue/decide_dialog.py"/>
        <source>Reason for subscribing again</source>
        <translation>Motivo para suscribir de nuevo</translation>
    </message>
    <message>
        <location filename="ui/queue/decide_dialog.py"/>
        <source>&amp;Keep held: decide later</source>
        <translation>Seguir &amp;reteniendo: decidir más tarde</translation>
    </message>
    <message>
        <location filename="ui/queue/decide_dialog.py"/>
        <source>&amp;Skip for good: this donor is not relayed</source>
        <translation>&amp;Omitir definitivamente: este donante no se envía</translation>
    </message>
    <message>
        <location filename="ui/queue/decide_dialog.py"/>
        <source>Held: {donors}</source>
        <translation>Retenidos: {donors}</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/bulk_actions.py"/>
        <source>%Ln donor(s) will be tried again.</source>
        <translation>
            <numerusform>Se intentará de nuevo con %Ln donante.</numerusform>
            <numerusform>Se intentará de nuevo con %Ln donantes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/bulk_actions.py"/>
        <source>%Ln donor(s) held back.</source>
        <translation>
            <numerusform>%Ln donante retenido.</numerusform>
            <numerusform>%Ln donantes retenidos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/bulk_actions.py"/>
        <source>%Ln donor(s) released.</source>
        <translation>
            <numerusform>%Ln donante liberado.</numerusform>
            <numerusform>%Ln donantes liberados.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/bulk_actions.py"/>
        <source>%Ln donor(s) brought back.</source>
        <translation>
            <numerusform>%Ln donante recuperado.</numerusform>
            <numerusform>%Ln donantes recuperados.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/bulk_actions.py"/>
        <source>%Ln donor(s) removed; Ctrl+Z brings them back.</source>
        <translation>
            <numerusform>%Ln donante quitado; Ctrl+Z lo recupera.</numerusform>
            <numerusform>%Ln donantes quitados; Ctrl+Z los recupera.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/queue/bulk_actions.py"/>
        <source>{number} were left as they are, as this does not fit them.</source>
        <translation>{number} quedaron como están, porque esto no les corresponde.</translation>
    </message>
    <message>
        <location filename="ui/queue/filter_bar.py"/>
        <source>Filter: name, address, file:, page:, state:, cause:  (Ctrl+F)</source>
        <translation>Filtro: nombre, dirección, file:, page:, state:, cause:  (Ctrl+F)</translation>
    </message>
    <message>
        <location filename="ui/queue/filter_bar.py"/>
        <source>Filter the donors</source>
        <translation>Filtrar los donantes</translation>
    </message>
    <message>
        <location filename="ui/queue/filter_bar.py"/>
        <source>Words are looked for in every column; file:, page:, state: and cause: in one alone. Esc clears.</source>
        <translation>Las palabras se buscan en todas las columnas; file:, page:, state: y cause: en una sola. Esc lo borra.</translation>
    </message>
    <message>
        <location filename="ui/queue/filter_bar.py"/>
        <source>Clear filter</source>
        <translation>Quitar el filtro</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/filter_bar.py"/>
        <source>%Ln donor(s) found</source>
        <translation>
            <numerusform>%Ln donante encontrado</numerusform>
            <numerusform>%Ln donantes encontrados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/filter_bar.py"/>
        <source>%Ln donor(s) found so far…</source>
        <translation>
            <numerusform>%Ln donante encontrado hasta ahora…</numerusform>
            <numerusform>%Ln donantes encontrados hasta ahora…</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/queue/menus.py"/>
        <source>None of the selected donors is waiting or failed.</source>
        <translation>Ninguno de los donantes seleccionados está en espera ni ha fallado.</translation>
    </message>
    <message>
        <location filename="ui/queue/menus.py"/>
        <source>None of the selected donors is held.</source>
        <translation>Ninguno de los donantes seleccionados está retenido.</translation>
    </message>
    <message>
        <location filename="ui/queue/menus.py"/>
        <source>What is being sent cannot be removed.</source>
        <translation>Lo que se está enviando no se puede quitar.</translation>
    </message>
    <message>
        <location filename="ui/queue/menus.py"/>
        <source>This donor has not failed.</source>
        <translation>Este donante no ha fallado.</translation>
    </message>
    <message>
        <location filename="ui/queue/menus.py"/>
        <source>ActiveCampaign has no contact number for this donor yet.</source>
        <translation>ActiveCampaign aún no tiene número de contacto para este donante.</translation>
    </message>
    <message>
        <location filename="ui/queue/menus.py"/>
        <source>This donor's data is no longer kept.</source>
        <translation>Los datos de este donante ya no se guardan.</translation>
    </message>
    <message>
        <location filename="ui/queue/menus.py"/>
        <source>None of the donors shown fits.</source>
        <translation>No corresponde a ninguno de los donantes mostrados.</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/menus.py"/>
        <source>Retry now: %Ln selected donor(s)</source>
        <translation>
            <numerusform>Reintentar ahora: %Ln donante seleccionado</numerusform>
            <numerusform>Reintentar ahora: %Ln donantes seleccionados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/menus.py"/>
        <source>Retry from the start: %Ln selected donor(s)</source>
        <translation>
            <numerusform>Reintentar desde el principio: %Ln donante seleccionado</numerusform>
            <numerusform>Reintentar desde el principio: %Ln donantes seleccionados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/menus.py"/>
        <source>Hold %Ln selected donor(s)</source>
        <translation>
            <numerusform>Retener %Ln donante seleccionado</numerusform>
            <numerusform>Retener %Ln donantes seleccionados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/menus.py"/>
        <source>Release %Ln selected donor(s)</source>
        <translation>
            <numerusform>Liberar %Ln donante seleccionado</numerusform>
            <numerusform>Liberar %Ln donantes seleccionados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/menus.py"/>
        <source>Decide about %Ln selected donor(s)…</source>
        <translation>
            <numerusform>Decidir sobre %Ln donante seleccionado…</numerusform>
            <numerusform>Decidir sobre %Ln donantes seleccionados…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/menus.py"/>
        <source>Remove %Ln selected donor(s)</source>
        <translation>
            <numerusform>Quitar %Ln donante seleccionado</numerusform>
            <numerusform>Quitar %Ln donantes seleccionados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/menus.py"/>
        <source>Retry all with this cause: %Ln donor(s)</source>
        <translation>
            <numerusform>Reintentar todos los de esta causa: %Ln donante</numerusform>
            <numerusform>Reintentar todos los de esta causa: %Ln donantes</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/queue/menus.py"/>
        <source>Select all like this</source>
        <translation>Seleccionar todos los iguales</translation>
    </message>
    <message>
        <location filename="ui/queue/menus.py"/>
        <source>Show in log</source>
        <translation>Mostrar en el registro</translation>
    </message>
    <message>
        <location filename="ui/queue/menus.py"/>
        <source>Show source row</source>
        <translation>Mostrar la fila de origen</translation>
    </message>
    <message>
        <location filename="ui/queue/menus.py"/>
        <source>Why was this not sent?</source>
        <translation>¿Por qué no se envió?</translation>
    </message>
    <message>
        <location filename="ui/queue/menus.py"/>
        <source>Open contact in ActiveCampaign</source>
        <translation>Abrir el contacto en ActiveCampaign</translation>
    </message>
    <message>
        <location filename="ui/queue/menus.py"/>
        <source>Erase this donor for good…</source>
        <translation>Borrar a este donante para siempre…</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/menus.py"/>
        <source>Retry %Ln shown</source>
        <translation>
            <numerusform>Reintentar %Ln mostrado</numerusform>
            <numerusform>Reintentar %Ln mostrados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/menus.py"/>
        <source>Retry %Ln shown from the start</source>
        <translation>
            <numerusform>Reintentar %Ln mostrado desde el principio</numerusform>
            <numerusform>Reintentar %Ln mostrados desde el principio</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/menus.py"/>
        <source>Hold %Ln shown</source>
        <translation>
            <numerusform>Retener %Ln mostrado</numerusform>
            <numerusform>Retener %Ln mostrados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/menus.py"/>
        <source>Release %Ln shown</source>
        <translation>
            <numerusform>Liberar %Ln mostrado</numerusform>
            <numerusform>Liberar %Ln mostrados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/menus.py"/>
        <source>Remove %Ln shown</source>
        <translation>
            <numerusform>Quitar %Ln mostrado</numerusform>
            <numerusform>Quitar %Ln mostrados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/menus.py"/>
        <source>Export %Ln shown…</source>
        <translation>
            <numerusform>Exportar %Ln mostrado…</numerusform>
            <numerusform>Exportar %Ln mostrados…</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/queue/menus.py"/>
        <source>Export failed and held…</source>
        <translation>Exportar fallidos y retenidos…</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/menus.py"/>
        <source>Select all %Ln shown</source>
        <translation>
            <numerusform>Seleccionar %Ln mostrado</numerusform>
            <numerusform>Seleccionar los %Ln mostrados</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/queue/menus.py"/>
        <source>Columns…</source>
        <translation>Columnas…</translation>
    </message>
    <message>
        <location filename="ui/queue/menus.py"/>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/menus.py"/>
        <source>E-mail of %Ln selected donor(s)</source>
        <translation>
            <numerusform>Correo de %Ln donante seleccionado</numerusform>
            <numerusform>Correo de %Ln donantes seleccionados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/menus.py"/>
        <source>%Ln selected row(s) as CSV</source>
        <translation>
            <numerusform>%Ln fila seleccionada como CSV</numerusform>
            <numerusform>%Ln filas seleccionadas como CSV</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/queue/menus.py"/>
        <source>Requests as cURL, key masked</source>
        <translation>Peticiones como cURL, con la clave oculta</translation>
    </message>
    <message>
        <location filename="ui/queue/menus.py"/>
        <source>Message for the admin, without donor data</source>
        <translation>Mensaje para el administrador, sin datos de donantes</translation>
    </message>
    <message>
        <location filename="ui/queue/pane.py"/>
        <source>Looking…</source>
        <translation>Buscando…</translation>
    </message>
    <message>
        <location filename="ui/queue/table.py"/>
        <source>Donors in the queue</source>
        <translation>Donantes en la cola</translation>
    </message>
    <message>
        <location filename="ui/queue/table.py"/>
        <source>Columns</source>
        <translation>Columnas</translation>
    </message>
    <message>
        <location filename="ui/queue/tabs.py"/>
        <source>Queue</source>
        <translation>Cola</translation>
    </message>
    <message>
        <location filename="ui/queue/tabs.py"/>
        <source>{title} ({number})</source>
        <translation>{title} ({number})</translation>
    </message>
    <message>
        <location filename="ui/queue/empty_texts.py"/>
        <source>Connect ActiveCampaign to begin: Connection, New connection…</source>
        <translation>Conecte ActiveCampaign para empezar: Conexión, Nueva conexión…</translation>
    </message>
    <message>
        <location filename="ui/queue/empty_texts.py"/>
        <source>No donor matches “{text}”. Clear filter: Esc</source>
        <translation>Ningún donante coincide con «{text}». Quitar el filtro: Esc</translation>
    </message>
    <message>
        <location filename="ui/queue/empty_texts.py"/>
        <source>No donors yet. Drop a CSV or Excel file here, or add one by hand (Ctrl+N).</source>
        <translation>Aún no hay donantes. Suelte aquí un archivo CSV o Excel, o añada uno a mano (Ctrl+N).</translation>
    </message>
    <message>
        <location filename="ui/queue/empty_texts.py"/>
        <source>Nothing is waiting. Everything that could be sent has been sent.</source>
        <translation>No espera nada. Todo lo que se podía enviar se envió.</translation>
    </message>
    <message>
        <location filename="ui/queue/empty_texts.py"/>
        <source>Nothing is being sent right now.</source>
        <translation>Ahora mismo no se envía nada.</translation>
    </message>
    <message>
        <location filename="ui/queue/empty_texts.py"/>
        <source>Nobody needs a decision from you.</source>
        <translation>Nadie necesita una decisión suya.</translation>
    </message>
    <message>
        <location filename="ui/queue/empty_texts.py"/>
        <source>✓ No failures.</source>
        <translation>✓ Sin fallos.</translation>
    </message>
    <message>
        <location filename="ui/queue/empty_texts.py"/>
        <source>Sent donors will be listed here with their ActiveCampaign number.</source>
        <translation>Aquí se listarán los donantes enviados con su número de ActiveCampaign.</translation>
    </message>
    <message>
        <location filename="ui/queue/empty_texts.py"/>
        <source>No row was skipped.</source>
        <translation>No se omitió ninguna fila.</translation>
    </message>
    <message>
        <location filename="ui/queue/controller.py"/>
        <source>To let this donor be relayed, cancel and correct the row (F2).</source>
        <translation>Para que se envíe este donante, cancele y corrija la fila (F2).</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/controller.py"/>
        <source>Decided about %Ln donor(s).</source>
        <translation>
            <numerusform>Decisión tomada sobre %Ln donante.</numerusform>
            <numerusform>Decisión tomada sobre %Ln donantes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/controller.py"/>
        <source>%Ln row(s) written to {file}.</source>
        <translation>
            <numerusform>%Ln fila escrita en {file}.</numerusform>
            <numerusform>%Ln filas escritas en {file}.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/queue/controller.py"/>
        <source>To let this donor be relayed, cancel and choose Release.</source>
        <translation>Para que se envíe este donante, cancele y elija Liberar.</translation>
    </message>
    <message>
        <location filename="ui/queue/controller.py"/>
        <source>donors.csv</source>
        <translation>donantes.csv</translation>
    </message>
    <message>
        <location filename="ui/queue/controller.py"/>
        <source>failed.csv</source>
        <translation>fallidos.csv</translation>
    </message>
    <message>
        <location filename="ui/queue/controller.py"/>
        <source>Export</source>
        <translation>Exportar</translation>
    </message>
    <message>
        <location filename="ui/queue/controller.py"/>
        <source>CSV files (*.csv)</source>
        <translation>Archivos CSV (*.csv)</translation>
    </message>
    <message>
        <location filename="ui/connection/test_dialog.py"/>
        <source>Address, key and list are tested one after the other. No donor data is sent.</source>
        <translation>Se prueban dirección, clave y lista, una tras otra. No se envían datos de donantes.</translation>
    </message>
    <message>
        <location filename="ui/connection/test_dialog.py"/>
        <source>Everything works.</source>
        <translation>Todo funciona.</translation>
    </message>
    <message>
        <location filename="ui/connection/test_dialog.py"/>
        <source>The test stopped at the step marked above. Your donors stay in the queue.</source>
        <translation>La prueba se detuvo en el paso marcado arriba. Sus donantes siguen en la cola.</translation>
    </message>
    <message>
        <location filename="ui/connection/test_dialog.py"/>
        <source>Address, key and list are tested one after the other; no donor data is sent. When all three have passed, the connection can be reactivated: its count of failures is 0 again, and the next relay starts with one waiting donor alone, then the rest.</source>
        <translation>Se prueban dirección, clave y lista, una tras otra; no se envían datos de donantes. Cuando las tres hayan pasado, la conexión se puede reactivar: su cuenta de fallos vuelve a 0, y el próximo envío empieza con un solo donante en espera, y después el resto.</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/connection/test_dialog.py"/>
        <source>All three have passed. Waiting: %Ln donor(s), none lost.</source>
        <translation>
            <numerusform>Las tres han pasado. En espera: %Ln donante, no se perdió ninguno.</numerusform>
            <numerusform>Las tres han pasado. En espera: %Ln donantes, no se perdió ninguno.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/connection/test_dialog.py"/>
        <source>The connection stays inactive. Your donors stay in the queue, none is lost.</source>
        <translation>La conexión sigue inactiva. Sus donantes siguen en la cola, no se pierde ninguno.</translation>
    </message>
    <message>
        <location filename="ui/connection/test_dialog.py"/>
        <source>&amp;Test again</source>
        <translation>&amp;Probar de nuevo</translation>
    </message>
    <message>
        <location filename="ui/connection/test_dialog.py"/>
        <source>Everything works. The connection is still inactive: choose “Test and reactivate…”.</source>
        <translation>Todo funciona. La conexión sigue inactiva: elija «Probar y reactivar…».</translation>
    </message>
    <message>
        <location filename="ui/connection/test_dialog.py"/>
        <source>React&amp;ivate</source>
        <translation>React&amp;ivar</translation>
    </message>
    <message>
        <location filename="ui/connection/test_dialog.py"/>
        <source>Reactivating…</source>
        <translation>Reactivando…</translation>
    </message>
    <message>
        <location filename="ui/connection/test_dialog.py"/>
        <source>Active again. The next relay starts with one waiting donor alone, then the rest.</source>
        <translation>Activa de nuevo. El próximo envío empieza con un solo donante en espera, y después el resto.</translation>
    </message>
    <message>
        <location filename="ui/connection/test_dialog.py"/>
        <source>Test {name}</source>
        <translation>Probar {name}</translation>
    </message>
    <message>
        <location filename="ui/connection/test_dialog.py"/>
        <source>&amp;Replace key…</source>
        <translation>&amp;Cambiar la clave…</translation>
    </message>
    <message>
        <location filename="ui/connection/test_dialog.py"/>
        <source>Change &amp;address…</source>
        <translation>Cambiar la &amp;dirección…</translation>
    </message>
    <message>
        <location filename="ui/connection/test_dialog.py"/>
        <source>Test and reactivate {name}</source>
        <translation>Probar y reactivar {name}</translation>
    </message>
    <message>
        <location filename="ui/connection/test_dialog.py"/>
        <source>Testing…</source>
        <translation>Probando…</translation>
    </message>
    <message>
        <location filename="ui/connection/test_steps.py"/>
        <source>1. Address:</source>
        <translation>1. Dirección:</translation>
    </message>
    <message>
        <location filename="ui/connection/test_steps.py"/>
        <source>2. Key:</source>
        <translation>2. Clave:</translation>
    </message>
    <message>
        <location filename="ui/connection/test_steps.py"/>
        <source>3. List:</source>
        <translation>3. Lista:</translation>
    </message>
    <message>
        <location filename="ui/connection/test_steps.py"/>
        <source>Not tested yet</source>
        <translation>Aún sin probar</translation>
    </message>
    <message>
        <location filename="ui/connection/test_steps.py"/>
        <source>{name}, number {number}</source>
        <translation>{name}, número {number}</translation>
    </message>
    <message>
        <location filename="ui/connection/test_steps.py"/>
        <source>Not tested, as the step before failed</source>
        <translation>Sin probar, porque falló el paso anterior</translation>
    </message>
    <message>
        <location filename="ui/connection/test_steps.py"/>
        <source>Asking {account}…</source>
        <translation>Preguntando a {account}…</translation>
    </message>
    <message>
        <location filename="ui/connection/test_steps.py"/>
        <source>{name}, {email}</source>
        <translation>{name}, {email}</translation>
    </message>
    <message>
        <location filename="ui/connection/test_steps.py"/>
        <source>{account} answers</source>
        <translation>{account} responde</translation>
    </message>
    <message>
        <location filename="ui/connection/test_steps.py"/>
        <source>accepted, the key of {owner}</source>
        <translation>aceptada, la clave de {owner}</translation>
    </message>
    <message>
        <location filename="ui/connection/test_steps.py"/>
        <source>Asking for list {number}…</source>
        <translation>Preguntando por la lista {number}…</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/connection/test_steps.py"/>
        <source>{list}, %Ln active subscriber(s)</source>
        <translation>
            <numerusform>{list}, %Ln suscriptor activo</numerusform>
            <numerusform>{list}, %Ln suscriptores activos</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/queue/edit_dialog.py"/>
        <source>What you changed is not saved yet. Close without saving it?</source>
        <translation>Lo que cambió aún no está guardado. ¿Cerrar sin guardarlo?</translation>
    </message>
    <message>
        <location filename="ui/queue/edit_dialog.py"/>
        <source>&amp;Save, and let it wait again</source>
        <translation>&amp;Guardar, y que espere de nuevo</translation>
    </message>
    <message>
        <location filename="ui/queue/edit_dialog.py"/>
        <source>What was changed, and the row as its file had it</source>
        <translation>Lo que se cambió, y la fila tal como estaba en su archivo</translation>
    </message>
    <message>
        <location filename="ui/queue/edit_dialog.py"/>
        <source>Edit record</source>
        <translation>Editar registro</translation>
    </message>
    <message>
        <location filename="ui/queue/edit_dialog.py"/>
        <source>This record moved on meanwhile, so nothing was changed. Close, and look again.</source>
        <translation>Este registro cambió mientras tanto, así que no se tocó nada. Cierre y mire de nuevo.</translation>
    </message>
    <message>
        <location filename="ui/queue/edit_dialog.py"/>
        <source>Edit {donor}</source>
        <translation>Editar {donor}</translation>
    </message>
    <message>
        <location filename="ui/queue/edit_history.py"/>
        <source>{at}, {who}: {field} “{old}” → “{new}”</source>
        <translation>{at}, {who}: {field} «{old}» → «{new}»</translation>
    </message>
    <message>
        <location filename="ui/queue/edit_history.py"/>
        <source>The row as its file had it:</source>
        <translation>La fila tal como estaba en su archivo:</translation>
    </message>
    <message>
        <location filename="ui/queue/edit_history.py"/>
        <source>Page name</source>
        <translation>Nombre de la página</translation>
    </message>
    <message>
        <location filename="ui/main/failure_indicator.py"/>
        <source>The connection is switched off until a person reactivates it.</source>
        <translation>La conexión está desconectada hasta que una persona la reactive.</translation>
    </message>
    <message>
        <location filename="ui/main/failure_indicator.py"/>
        <source>The next success clears this. Rows stopped before sending do not count.</source>
        <translation>El próximo éxito lo borra. Las filas detenidas antes del envío no cuentan.</translation>
    </message>
    <message>
        <location filename="ui/main/failure_indicator.py"/>
        <source>Fuse: {lit} of {most} failures in a row</source>
        <translation>Fusible: {lit} de {most} fallos seguidos</translation>
    </message>
    <message>
        <location filename="ui/main/failure_indicator.py"/>
        <source>No failure in a row. After {most} failed attempts in a row this connection is switched off, so that nothing worse happens; donors stay in the queue.</source>
        <translation>Ningún fallo seguido. Tras {most} intentos fallidos seguidos esta conexión se desconecta, para que no pase nada peor; los donantes siguen en la cola.</translation>
    </message>
    <message>
        <location filename="ui/main/failure_indicator.py"/>
        <source>{lit} of {most} failed attempts in a row:</source>
        <translation>{lit} de {most} intentos fallidos seguidos:</translation>
    </message>
    <message>
        <location filename="ui/main/failure_indicator.py"/>
        <source>{number}. {time}  {email}: {reason}</source>
        <translation>{number}. {time}  {email}: {reason}</translation>
    </message>
    <message>
        <location filename="ui/main/relay_button.py"/>
        <source>This connection is paused. Resuming sends nothing: then press Relay.</source>
        <translation>Esta conexión está en pausa. Reanudar no envía nada: después pulse Enviar.</translation>
    </message>
    <message>
        <location filename="ui/main/relay_button.py"/>
        <source>Relay</source>
        <translation>Enviar</translation>
    </message>
    <message>
        <location filename="ui/main/relay_button.py"/>
        <source>Connect ActiveCampaign first: Connection, New connection…</source>
        <translation>Primero conecte ActiveCampaign: Conexión, Nueva conexión…</translation>
    </message>
    <message>
        <location filename="ui/main/relay_button.py"/>
        <source>This connection is switched off. Use “Test and reactivate…” first.</source>
        <translation>Esta conexión está desconectada. Use antes «Probar y reactivar…».</translation>
    </message>
    <message>
        <location filename="ui/main/relay_button.py"/>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <location filename="ui/main/relay_button.py"/>
        <source>Send no more donors until you resume; those being sent now are finished.</source>
        <translation>No enviar más donantes hasta que reanude; los que se están enviando se terminan.</translation>
    </message>
    <message>
        <location filename="ui/main/relay_button.py"/>
        <source>Nothing is waiting. Drop a file, or add a donor.</source>
        <translation>No espera nada. Suelte un archivo o añada un donante.</translation>
    </message>
    <message>
        <location filename="ui/main/relay_button.py"/>
        <source>Resume relaying</source>
        <translation>Reanudar el envío</translation>
    </message>
    <message>
        <location filename="ui/main/relay_button.py"/>
        <source>This connection is paused. Resuming continues the relay that you paused.</source>
        <translation>Esta conexión está en pausa. Al reanudar continúa el envío que usted pausó.</translation>
    </message>
    <message>
        <location filename="ui/main/relay_button.py"/>
        <source>Put the waiting donors onto {list}.</source>
        <translation>Poner los donantes en espera en {list}.</translation>
    </message>
    <message>
        <location filename="ui/main/relay_button.py"/>
        <source>{donors}, {time}.</source>
        <translation>{donors}, {time}.</translation>
    </message>
    <message>
        <location filename="ui/main/connection_bar.py"/>
        <source>&amp;Connection:</source>
        <translation>&amp;Conexión:</translation>
    </message>
    <message>
        <location filename="ui/main/connection_bar.py"/>
        <source>Fuse</source>
        <translation>Fusible</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/main/connection_bar.py"/>
        <source>%Ln waiting</source>
        <translation>
            <numerusform>%Ln en espera</numerusform>
            <numerusform>%Ln en espera</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/main/connection_bar.py"/>
        <source>Connect ActiveCampaign to begin.</source>
        <translation>Conecte ActiveCampaign para empezar.</translation>
    </message>
    <message>
        <location filename="ui/main/connection_bar.py"/>
        <source>{account} · {list}</source>
        <translation>{account} · {list}</translation>
    </message>
    <message>
        <location filename="ui/main/connection_bar.py"/>
        <source>No connection yet</source>
        <translation>Aún no hay conexión</translation>
    </message>
    <message>
        <location filename="ui/main/connection_bar.py"/>
        <source>{name} ({state})</source>
        <translation>{name} ({state})</translation>
    </message>
    <message>
        <location filename="ui/dialogs/tour.py"/>
        <source>Welcome to AC Desktop</source>
        <translation>Le damos la bienvenida a AC Desktop</translation>
    </message>
    <message>
        <location filename="ui/dialogs/tour.py"/>
        <source>It takes the donors of your Anedot exports, and of other files, and puts each one onto a list in ActiveCampaign. It works from this computer, and nothing is sent before you press Relay.</source>
        <translation>Toma los donantes de sus exportaciones de Anedot, y de otros archivos, y pone a cada uno en una lista de ActiveCampaign. Trabaja desde este equipo, y no se envía nada antes de que pulse Enviar.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/tour.py"/>
        <source>Drop a file, and see what would happen</source>
        <translation>Suelte un archivo y vea qué pasaría</translation>
    </message>
    <message>
        <location filename="ui/dialogs/tour.py"/>
        <source>Drop an export anywhere on the window. Before anything is queued you see each row: who goes, who is left out and why, and what can be corrected by typing over it.</source>
        <translation>Suelte una exportación en cualquier parte de la ventana. Antes de poner nada en cola ve cada fila: quién va, quién queda fuera y por qué, y qué se puede corregir escribiendo encima.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/tour.py"/>
        <source>Press Relay</source>
        <translation>Pulse Enviar</translation>
    </message>
    <message>
        <location filename="ui/dialogs/tour.py"/>
        <source>Donors go at a pace that leaves room for your web forms. People who left the list before are held for your decision. You can close the window at any time: whoever waits goes on waiting.</source>
        <translation>Los donantes van a un ritmo que deja sitio a sus formularios web. Quien dejó la lista queda retenido hasta que usted decida. Puede cerrar la ventana en cualquier momento: quien espera sigue esperando.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/tour.py"/>
        <source>Five lamps watch over it</source>
        <translation>Cinco luces lo vigilan</translation>
    </message>
    <message>
        <location filename="ui/dialogs/tour.py"/>
        <source>After five failures in a row the connection is switched off, and nobody is lost. “Test and reactivate” leads you back, one donor first. The log shows every payload and every answer.</source>
        <translation>Tras cinco fallos seguidos la conexión se apaga, y no se pierde a nadie. «Probar y reactivar» le lleva de vuelta, con un donante primero. El registro muestra cada envío y cada respuesta.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/tour.py"/>
        <source>Tour</source>
        <translation>Recorrido</translation>
    </message>
    <message>
        <location filename="ui/dialogs/tour.py"/>
        <source>&amp;Back</source>
        <translation>&amp;Atrás</translation>
    </message>
    <message>
        <location filename="ui/dialogs/tour.py"/>
        <source>&amp;Set up a connection…</source>
        <translation>&amp;Crear una conexión…</translation>
    </message>
    <message>
        <location filename="ui/dialogs/tour.py"/>
        <source>&amp;Practise first</source>
        <translation>&amp;Practicar primero</translation>
    </message>
    <message>
        <location filename="ui/dialogs/tour.py"/>
        <source>{number} of {total}</source>
        <translation>{number} de {total}</translation>
    </message>
    <message>
        <location filename="ui/main/tray_notice.py"/>
        <source>A connection was switched off</source>
        <translation>Una conexión se desconectó</translation>
    </message>
    <message>
        <location filename="ui/main/tray_notice.py"/>
        <source>{names}: no donor is sent until you test and reactivate. Nothing was lost.</source>
        <translation>{names}: no se envía ningún donante hasta que pruebe y reactive. No se perdió nada.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/update_controller.py"/>
        <source>AC Desktop {version} is there. Nothing is installed by itself.</source>
        <translation>Hay una nueva versión: AC Desktop {version}. Nada se instala por sí solo.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/update_dialog.py"/>
        <source>Check for updates</source>
        <translation>Buscar actualizaciones</translation>
    </message>
    <message>
        <location filename="ui/dialogs/update_dialog.py"/>
        <source>Also &amp;ask once a week when AC Desktop starts</source>
        <translation>&amp;Preguntar también una vez por semana al abrir AC Desktop</translation>
    </message>
    <message>
        <location filename="ui/dialogs/update_dialog.py"/>
        <source>&amp;Check now</source>
        <translation>&amp;Buscar ahora</translation>
    </message>
    <message>
        <location filename="ui/dialogs/update_dialog.py"/>
        <source>&amp;Open the page</source>
        <translation>&amp;Abrir la página</translation>
    </message>
    <message>
        <location filename="ui/dialogs/update_dialog.py"/>
        <source>Version {version} is there; you have {mine}. The page tells what is new and offers it for download.</source>
        <translation>Ya está la versión {version}; usted tiene la {mine}. La página cuenta las novedades y permite descargarla.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/update_dialog.py"/>
        <source>You have the newest version.</source>
        <translation>Tiene la versión más reciente.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/update_dialog.py"/>
        <source>AC Desktop asks {host} for the newest version. It sends the version you have, {version}, and nothing about you, your donors or your account. It never installs anything by itself.</source>
        <translation>AC Desktop pregunta a {host} por la versión más reciente. Envía la versión que usted tiene, {version}, y nada sobre usted, sus donantes ni su cuenta. Nunca instala nada por sí solo.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/update_dialog.py"/>
        <source>Asking {host}…</source>
        <translation>Preguntando a {host}…</translation>
    </message>
    <message>
        <location filename="ui/dialogs/verify_dialog.py"/>
        <source>No donor was sent with this connection yet.</source>
        <translation>Aún no se ha enviado ningún donante con esta conexión.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/verify_dialog.py"/>
        <source>Stopped. Found on the list so far: {there} of {sent} donors.</source>
        <translation>Detenido. Encontrados en la lista hasta ahora: {there} de {sent} donantes.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/verify_dialog.py"/>
        <source>Donors who are not on the list</source>
        <translation>Donantes que no están en la lista</translation>
    </message>
    <message>
        <location filename="ui/dialogs/verify_dialog.py"/>
        <source>Save the donors</source>
        <translation>Guardar los donantes</translation>
    </message>
    <message>
        <location filename="ui/dialogs/verify_dialog.py"/>
        <source>not-on-the-list.csv</source>
        <translation>fuera-de-la-lista.csv</translation>
    </message>
    <message>
        <location filename="ui/dialogs/verify_dialog.py"/>
        <source>on the list</source>
        <translation>en la lista</translation>
    </message>
    <message>
        <location filename="ui/dialogs/verify_dialog.py"/>
        <source>Every sent donor is on the list: {sent}.</source>
        <translation>Todos los donantes enviados están en la lista: {sent}.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/verify_dialog.py"/>
        <source>On the list: {there} of {sent} donors. Left or not active: {left}. Not found: {missing}. Nothing was changed.</source>
        <translation>En la lista: {there} de {sent} donantes. Dados de baja o no activos: {left}. No encontrados: {missing}. No se cambió nada.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/verify_dialog.py"/>
        <source>Stopping after the current response.</source>
        <translation>Se detendrá después de la respuesta actual.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/verify_dialog.py"/>
        <source>&amp;Stop</source>
        <translation>&amp;Detener</translation>
    </message>
    <message>
        <location filename="ui/dialogs/verify_dialog.py"/>
        <source>&amp;Verify</source>
        <translation>&amp;Verificar</translation>
    </message>
    <message>
        <location filename="ui/dialogs/verify_dialog.py"/>
        <source>Verify with ActiveCampaign: {connection}</source>
        <translation>Verificar con ActiveCampaign: {connection}</translation>
    </message>
    <message>
        <location filename="ui/dialogs/verify_dialog.py"/>
        <source>Reads {list} and looks for every donor who was sent with this connection. Nothing is changed here or in ActiveCampaign.</source>
        <translation>Lee {list} y busca a cada donante enviado con esta conexión. No se cambia nada aquí ni en ActiveCampaign.</translation>
    </message>
    <message>
        <location filename="ui/dialogs/verify_dialog.py"/>
        <source>Checked: {settled} of {sent} donors.</source>
        <translation>Revisados: {settled} de {sent} donantes.</translation>
    </message>
    <message>
        <location filename="ui/importing/watching/watch_dialog.py"/>
        <source>While AC Desktop is open, each new export in this folder is read, checked and queued by itself, and then moves into the folder “done” in it, with its receipt. Where anything is unclear you are asked first. Nothing is sent until you press Relay.</source>
        <translation>Mientras AC Desktop esté abierto, cada exportación nueva en esta carpeta se lee, se comprueba y se pone en cola sola, y después pasa a la carpeta «done» que hay en ella, con su recibo. Si algo no está claro se le pregunta antes. No se envía nada hasta que pulse Enviar.</translation>
    </message>
    <message>
        <location filename="ui/importing/watching/watch_dialog.py"/>
        <source>No folder is watched</source>
        <translation>No se vigila ninguna carpeta</translation>
    </message>
    <message>
        <location filename="ui/importing/watching/watch_dialog.py"/>
        <source>&amp;Choose a folder…</source>
        <translation>&amp;Elegir una carpeta…</translation>
    </message>
    <message>
        <location filename="ui/importing/watching/watch_dialog.py"/>
        <source>&amp;Stop watching</source>
        <translation>&amp;Dejar de vigilar</translation>
    </message>
    <message>
        <location filename="ui/importing/watching/watch_dialog.py"/>
        <source>&amp;Folder:</source>
        <translation>&amp;Carpeta:</translation>
    </message>
    <message>
        <location filename="ui/importing/watching/watch_dialog.py"/>
        <source>Choose the folder to watch</source>
        <translation>Elegir la carpeta que se vigila</translation>
    </message>
    <message>
        <location filename="ui/importing/watching/watch_dialog.py"/>
        <source>Watch a folder for {connection}</source>
        <translation>Vigilar una carpeta para {connection}</translation>
    </message>
    <message>
        <location filename="ui/importing/watching/folder_watch.py"/>
        <source>the folder is a link</source>
        <translation>la carpeta es un enlace</translation>
    </message>
    <message>
        <location filename="ui/importing/watching/folder_watch.py"/>
        <source>the folder is on another disk</source>
        <translation>la carpeta está en otro disco</translation>
    </message>
    <message>
        <location filename="ui/importing/watching/folder_watch.py"/>
        <source>“{name}” came into the watched folder and was not queued. {trouble}</source>
        <translation>«{name}» llegó a la carpeta vigilada y no se puso en cola. {trouble}</translation>
    </message>
    <message>
        <location filename="ui/importing/watching/folder_watch.py"/>
        <source>“{name}” was taken out of the watched folder before AC Desktop had read all of it. Put it back to queue it.</source>
        <translation>«{name}» se sacó de la carpeta vigilada antes de que AC Desktop lo leyera completo. Vuelva a ponerlo allí para ponerlo en cola.</translation>
    </message>
    <message>
        <location filename="ui/importing/watching/folder_watch.py"/>
        <source>“{name}” is queued, but AC Desktop can't move it into “{done}” ({detail}). AC Desktop tries again. No donor is queued twice.</source>
        <translation>«{name}» está en la cola, pero AC Desktop no puede moverlo a «{done}» ({detail}). AC Desktop lo intenta de nuevo. Ningún donante se pone en cola dos veces.</translation>
    </message>
    <message>
        <location filename="ui/importing/watching/folder_watch.py"/>
        <source>The watched folder {folder} cannot be read now. It is looked at again as soon as it can be; you can choose another under Connection, Watch a folder.</source>
        <translation>La carpeta vigilada {folder} no se puede leer ahora. Se mirará de nuevo en cuanto se pueda; puede elegir otra en Conexión, Vigilar una carpeta.</translation>
    </message>
    <message>
        <location filename="ui/importing/watching/folder_watch.py"/>
        <source>“{name}” in the watched folder is still in use by another program. AC Desktop queues it when that program closes it.</source>
        <translation>Otro programa todavía usa «{name}» en la carpeta vigilada. AC Desktop lo pone en cola cuando ese programa lo cierra.</translation>
    </message>
    <message>
        <location filename="ui/importing/watching/folder_watch.py"/>
        <source>“{name}” in the watched folder is a link and was not queued. Put the file itself into the folder.</source>
        <translation>«{name}» en la carpeta vigilada es un enlace y no se puso en cola. Ponga el archivo mismo en la carpeta.</translation>
    </message>
    <message>
        <location filename="ui/importing/watching/folder_watch.py"/>
        <source>“{name}” came into the watched folder and is queued: {account}. Nothing is sent until you press Relay.</source>
        <translation>«{name}» llegó a la carpeta vigilada y está en la cola: {account}. No se envía nada hasta que pulse Enviar.</translation>
    </message>
    <message>
        <location filename="ui/importing/watching/folder_watch.py"/>
        <source>“{name}” is queued. Someone took it out of the watched folder before AC Desktop could move it.</source>
        <translation>«{name}» está en la cola. Alguien lo sacó de la carpeta vigilada antes de que AC Desktop pudiera moverlo.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/account_page.py"/>
        <source>No key is saved on this computer for this connection. Enter the key.</source>
        <translation>En esta computadora no hay ninguna clave guardada para esta conexión. Escriba la clave.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/account_page.py"/>
        <source>A key is saved. Leave empty to keep it.</source>
        <translation>Hay una clave guardada. Déjelo vacío para conservarla.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/account_page.py"/>
        <source>Both stand in ActiveCampaign under Settings, Developer. Copy them from there.</source>
        <translation>Ambas están en ActiveCampaign, en Settings, Developer. Cópielas de ahí.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/account_page.py"/>
        <source>You can change this later under Connections, Edit, Account and key.</source>
        <translation>Puede cambiarlo más tarde en Conexiones, Editar, Cuenta y clave.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/account_page.py"/>
        <source>This addre&amp;ss is right</source>
        <translation>Esta dire&amp;cción es correcta</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/account_page.py"/>
        <source>API &amp;URL:</source>
        <translation>&amp;URL de la API:</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/account_page.py"/>
        <source>API &amp;key:</source>
        <translation>&amp;Clave de la API:</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/connection/wizard/account_page.py"/>
        <source>Its owner sees %Ln list(s).</source>
        <translation>
            <numerusform>Su titular ve %Ln lista.</numerusform>
            <numerusform>Su titular ve %Ln listas.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/account_page.py"/>
        <source>Where the key will be kept is not known yet: {problem}</source>
        <translation>Aún no se sabe dónde se guardará la clave: {problem}</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/account_page.py"/>
        <source>Any form will do: with or without https://, or copied from the browser.</source>
        <translation>Sirve cualquier forma: con o sin https://, o copiada del navegador.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/account_page.py"/>
        <source>Not connected.</source>
        <translation>Sin conectar.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/account_page.py"/>
        <source>Asking {account} whose key this is…</source>
        <translation>Preguntando a {account} de quién es esta clave…</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/account_page.py"/>
        <source>Connected. This is the key of {owner}.</source>
        <translation>Conectado. Esta es la clave de {owner}.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/account_page.py"/>
        <source>http was changed to https: keys and donors only travel encrypted.</source>
        <translation>http se cambió por https: las claves y los donantes solo viajan cifrados.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/account_page.py"/>
        <source>{hint} is saved. Leave empty to keep it.</source>
        <translation>{hint} está guardada. Déjelo vacío para conservarla.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/account_page.py"/>
        <source>Will be used as {address}</source>
        <translation>Se usará como {address}</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/account_page.py"/>
        <source>{host} is not one of ActiveCampaign's usual addresses. Your key and your donors would go there, so please compare it letter by letter.</source>
        <translation>{host} no es una de las direcciones habituales de ActiveCampaign. Su clave y sus donantes irían ahí, así que compárela letra por letra.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/account_page.py"/>
        <source>The test waits for your confirmation of the address.</source>
        <translation>La prueba espera a que usted confirme la dirección.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/account_page.py"/>
        <source>The test begins by itself once address and key are there.</source>
        <translation>La prueba empieza por sí sola en cuanto estén la dirección y la clave.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/wizard_state.py"/>
        <source>Please enter the API URL from ActiveCampaign, Settings, Developer.</source>
        <translation>Escriba la URL de la API de ActiveCampaign, Settings, Developer.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/wizard_state.py"/>
        <source>This is another account than before, so it needs a key of its own.</source>
        <translation>Es una cuenta distinta de la anterior, así que necesita su propia clave.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/wizard_state.py"/>
        <source>Please name at least one page to leave out, or choose all pages.</source>
        <translation>Nombre al menos una página que dejar fuera, o elija todas las páginas.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/wizard_state.py"/>
        <source>Please choose a list, or type its number.</source>
        <translation>Elija una lista o escriba su número.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/wizard_state.py"/>
        <source>Please name at least one page, or choose all pages.</source>
        <translation>Nombre al menos una página, o elija todas las páginas.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/wizard_state.py"/>
        <source>Please give the team's name, or choose every team.</source>
        <translation>Escriba el nombre del equipo, o elija todos los equipos.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/wizard_state.py"/>
        <source>Please give the connection a name.</source>
        <translation>Dé un nombre a la conexión.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/wizard_state.py"/>
        <source>There is already a connection called “{name}”. Choose another.</source>
        <translation>Ya hay una conexión llamada «{name}». Elija otro nombre.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/wizard_state.py"/>
        <source>Please confirm that this address is the right one.</source>
        <translation>Confirme que esta dirección es la correcta.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/key_field.py"/>
        <source>Hi&amp;de</source>
        <translation>Oc&amp;ultar</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/key_field.py"/>
        <source>Sho&amp;w</source>
        <translation>&amp;Mostrar</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/key_field.py"/>
        <source>Hide the key</source>
        <translation>Ocultar la clave</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/key_field.py"/>
        <source>Show the key</source>
        <translation>Mostrar la clave</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/list_model.py"/>
        <source>Number</source>
        <translation>Número</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/list_model.py"/>
        <source>Active subscribers</source>
        <translation>Suscriptores activos</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/list_page.py"/>
        <source>The key's owner sees no lists in this account. Ask your ActiveCampaign admin for the right to see them, or type a list's number: it will be checked.</source>
        <translation>El titular de la clave no ve ninguna lista en esta cuenta. Pida a su administrador de ActiveCampaign el permiso para verlas, o escriba el número de una lista: se comprobará.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/list_page.py"/>
        <source>Every donor is put onto this ActiveCampaign list.</source>
        <translation>Cada donante se pone en esta lista de ActiveCampaign.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/list_page.py"/>
        <source>You can change this later under Connections, Edit, List.</source>
        <translation>Puede cambiarlo más tarde en Conexiones, Editar, Lista.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/list_page.py"/>
        <source>Lists of the account</source>
        <translation>Listas de la cuenta</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/list_page.py"/>
        <source>&amp;Filter:</source>
        <translation>&amp;Filtro:</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/list_page.py"/>
        <source>List n&amp;umber:</source>
        <translation>Número de l&amp;ista:</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/list_page.py"/>
        <source>Chosen above, typed, or pasted as the list's web address (…?listid=19).</source>
        <translation>Elegido arriba, escrito o pegado como la dirección web de la lista (…?listid=19).</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/list_page.py"/>
        <source>W&amp;hat is my List ID?</source>
        <translation>¿Cuá&amp;l es mi ID de lista?</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/connection/wizard/list_page.py"/>
        <source>%Ln list(s)</source>
        <translation>
            <numerusform>%Ln lista</numerusform>
            <numerusform>%Ln listas</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/list_page.py"/>
        <source>a list without a name</source>
        <translation>una lista sin nombre</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/connection/wizard/list_page.py"/>
        <source>{shown} of %Ln list(s)</source>
        <translation>
            <numerusform>{shown} de %Ln lista</numerusform>
            <numerusform>{shown} de %Ln listas</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/list_page.py"/>
        <source>The lists cannot be shown. {why} A list's number can still be typed.</source>
        <translation>Las listas no se pueden mostrar. {why} Aún se puede escribir el número de una lista.</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/connection/wizard/list_page.py"/>
        <source>Chosen: {name}, number {number}, %Ln active subscriber(s).</source>
        <translation>
            <numerusform>Elegida: {name}, número {number}, %Ln suscriptor activo.</numerusform>
            <numerusform>Elegida: {name}, número {number}, %Ln suscriptores activos.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/list_page.py"/>
        <source>This list cannot be used.</source>
        <translation>Esta lista no se puede usar.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/list_page.py"/>
        <source>Chosen: {name}, number {number}.</source>
        <translation>Elegida: {name}, número {number}.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/list_page.py"/>
        <source>Loading the lists…</source>
        <translation>Cargando las listas…</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/list_page.py"/>
        <source>No list chosen yet.</source>
        <translation>Aún no se ha elegido ninguna lista.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/pages_page.py"/>
        <source>Action pages</source>
        <translation>Páginas de acción</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/pages_page.py"/>
        <source>Donors of which Anedot action pages are put onto the list? Others are skipped and stay visible.</source>
        <translation>¿Los donantes de qué páginas de acción de Anedot se ponen en la lista? Los demás se omiten y siguen visibles.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/pages_page.py"/>
        <source>You can change this later under Connections, Edit, Action pages.</source>
        <translation>Puede cambiarlo más tarde en Conexiones, Editar, Páginas de acción.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/pages_page.py"/>
        <source>&amp;All pages</source>
        <translation>&amp;Todas las páginas</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/pages_page.py"/>
        <source>&amp;Only these pages</source>
        <translation>&amp;Solo estas páginas</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/pages_page.py"/>
        <source>All pages e&amp;xcept these</source>
        <translation>Todas las páginas e&amp;xcepto estas</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/pages_page.py"/>
        <source>Page IDs or page addresses, parted by commas</source>
        <translation>Identificadores o direcciones de página, separados por comas</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/pages_page.py"/>
        <source>Page &amp;IDs:</source>
        <translation>&amp;Identificadores de página:</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/pages_page.py"/>
        <source>Page&amp;s in imports:</source>
        <translation>Página&amp;s en las importaciones:</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/pages_page.py"/>
        <source>Tick the pages meant; Space ticks the one in focus.</source>
        <translation>Marque las páginas deseadas; la barra espaciadora marca la enfocada.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/pages_page.py"/>
        <source>The ID is the last part of a page's address in Anedot; a page's name will do as well.</source>
        <translation>El identificador es la última parte de la dirección de una página en Anedot; también sirve el nombre de la página.</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/connection/wizard/pages_page.py"/>
        <source>%Ln page(s): {pages}</source>
        <translation>
            <numerusform>%Ln página: {pages}</numerusform>
            <numerusform>%Ln páginas: {pages}</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/pages_page.py"/>
        <source>{name} ({id})</source>
        <translation>{name} ({id})</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/pages_page.py"/>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/refusals.py"/>
        <source>ActiveCampaign did not accept this key. Copy it again from Settings, Developer, without spaces. Each user has a key of their own; the owner of this one may have lost access.</source>
        <translation>ActiveCampaign no aceptó esta clave. Cópiela de nuevo desde Settings, Developer, sin espacios. Cada usuario tiene su propia clave; puede que el dueño de esta haya perdido el acceso.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/refusals.py"/>
        <source>No key is kept for this connection on this computer. Enter the key again.</source>
        <translation>En este ordenador no se guarda ninguna clave para esta conexión. Introduzca la clave de nuevo.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/refusals.py"/>
        <source>The key works, but its owner may not do this in ActiveCampaign ({detail}). Ask for the right to see and edit lists and contacts, or use another user's key.</source>
        <translation>La clave funciona, pero su dueño no tiene permiso para esto en ActiveCampaign ({detail}). Pida permiso para ver y editar listas y contactos, o use la clave de otro usuario.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/refusals.py"/>
        <source>This ActiveCampaign account is closed or unpaid and refuses everything. Try again once that is settled.</source>
        <translation>Esta cuenta de ActiveCampaign está cerrada o sin pagar y lo rechaza todo. Inténtelo de nuevo cuando esté resuelto.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/refusals.py"/>
        <source>There is no list {list} in this account, or the key's owner may not see it. Choose another list, or use the key of a user who sees it.</source>
        <translation>No hay ninguna lista {list} en esta cuenta, o el dueño de la clave no puede verla. Elija otra lista o use la clave de un usuario que la vea.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/refusals.py"/>
        <source>This address answered with a web page, not with the ActiveCampaign API. Copy the API URL from ActiveCampaign, Settings, Developer, for example https://yourname.api-us1.com.</source>
        <translation>Esta dirección respondió con una página web, no con la API de ActiveCampaign. Copie la API URL desde ActiveCampaign, Settings, Developer, por ejemplo https://yourname.api-us1.com.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/refusals.py"/>
        <source>This address sends us on to another one, for example to a login page, which the ActiveCampaign API never does. Copy the API URL from ActiveCampaign, Settings, Developer.</source>
        <translation>Esta dirección remite a otra, por ejemplo a una página de acceso, lo que la API de ActiveCampaign nunca hace. Copie la API URL desde ActiveCampaign, Settings, Developer.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/refusals.py"/>
        <source>There is no ActiveCampaign API at this address ({status}). Copy the API URL from ActiveCampaign, Settings, Developer.</source>
        <translation>En esta dirección no hay ninguna API de ActiveCampaign ({status}). Copie la API URL desde ActiveCampaign, Settings, Developer.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/refusals.py"/>
        <source>The secure connection to this address could not be trusted, so the key was not sent. A proxy or a security program may stand in between.</source>
        <translation>La conexión segura con esta dirección no era de fiar, así que la clave no se envió. Puede haber un proxy o un programa de seguridad por medio.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/refusals.py"/>
        <source>This address was not found: it is misspelt, or this computer is offline. Check the spelling, then the network.</source>
        <translation>No se encontró esta dirección: está mal escrita o este ordenador no tiene conexión. Revise cómo está escrita y después la red.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/refusals.py"/>
        <source>This address could not be reached. Check the network of this computer, then test again.</source>
        <translation>No se pudo llegar a esta dirección. Revise la red de este ordenador y pruebe de nuevo.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/refusals.py"/>
        <source>The connection to ActiveCampaign broke off. Test again.</source>
        <translation>La conexión con ActiveCampaign se cortó. Pruebe de nuevo.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/refusals.py"/>
        <source>ActiveCampaign did not answer in time. Test again in a minute; if it stays silent, check the address.</source>
        <translation>ActiveCampaign no respondió a tiempo. Pruebe de nuevo en un minuto; si sigue sin responder, revise la dirección.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/refusals.py"/>
        <source>ActiveCampaign had a problem of its own ({status}). Test again in a few minutes.</source>
        <translation>ActiveCampaign tuvo un problema propio ({status}). Pruebe de nuevo en unos minutos.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/refusals.py"/>
        <source>The answer from this address could not be read. Test again; if it stays so, check the address.</source>
        <translation>La respuesta de esta dirección no se pudo leer. Pruebe de nuevo; si sigue igual, revise la dirección.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/refusals.py"/>
        <source>ActiveCampaign is busy and asked us to wait. Test again in a minute.</source>
        <translation>ActiveCampaign está ocupado y pidió esperar. Pruebe de nuevo en un minuto.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/refusals.py"/>
        <source>ActiveCampaign has been busy for too long. Test again later.</source>
        <translation>ActiveCampaign ha estado ocupado demasiado tiempo. Pruebe de nuevo más tarde.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/refusals.py"/>
        <source>Something in AC Desktop went wrong, and nothing was changed. The report has the details.</source>
        <translation>Algo salió mal en AC Desktop, y no se cambió nada. Los detalles están en el informe.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/refusals.py"/>
        <source>{text} Who can help: {who}.</source>
        <translation>{text} Quién puede ayudar: {who}.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary.py"/>
        <source>All pages</source>
        <translation>Todas las páginas</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary.py"/>
        <source>Only {pages}</source>
        <translation>Solo {pages}</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary.py"/>
        <source>All pages but {pages}</source>
        <translation>Todas las páginas menos {pages}</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary.py"/>
        <source>number {number}</source>
        <translation>número {number}</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary.py"/>
        <source>Every team</source>
        <translation>Todos los equipos</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>Nothing has been kept yet; Finish keeps it. No donor is sent before you say Relay.</source>
        <translation>Aún no se ha guardado nada; Finalizar lo guarda. No se envía ningún donante antes de que diga Enviar.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>All of this can be changed later under Connections, Edit.</source>
        <translation>Todo esto se puede cambiar más tarde en Conexiones, Editar.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>&amp;Keep unsubscribed people off the list</source>
        <translation>&amp;Mantener fuera de la lista a quien se dio de baja</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>N&amp;ame:</source>
        <translation>N&amp;ombre:</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>&amp;Requests a second:</source>
        <translation>&amp;Peticiones por segundo:</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>Who unsubscribed, bounced or has not confirmed is held for your decision. Off: sent like Anedot.</source>
        <translation>Quien se dio de baja, rebotó o no ha confirmado se retiene para que usted decida. Desactivado: se envía como Anedot.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>P&amp;hone numbers:</source>
        <translation>Números de &amp;teléfono:</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>Don't overwrite:</source>
        <translation>No sobrescribir:</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>Left as ActiveCampaign has it, where it has a value. Costs one more request a donor; not in bulk.</source>
        <translation>Queda como está en ActiveCampaign, donde haya un valor. Cuesta una petición más por donante; no en bloque.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>Leaves {left} of ActiveCampaign's {all} for your web forms. Holds for the whole account.</source>
        <translation>Deja {left} de las {all} de ActiveCampaign para sus formularios web. Vale para toda la cuenta.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>Leaves none of ActiveCampaign's {all} for your web forms. Holds for the whole account.</source>
        <translation>No deja ninguna de las {all} de ActiveCampaign para sus formularios web. Vale para toda la cuenta.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>Looking at what changes for the waiting donors…</source>
        <translation>Mirando qué cambia para los donantes en espera…</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>No donor is waiting, so nothing changes for the queue.</source>
        <translation>No espera ningún donante, así que nada cambia en la cola.</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>Waiting now: %Ln donor(s).</source>
        <translation>
            <numerusform>Ahora en espera: %Ln donante.</numerusform>
            <numerusform>Ahora en espera: %Ln donantes.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>First na&amp;me</source>
        <translation>No&amp;mbre</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>&amp;Last name</source>
        <translation>Ape&amp;llidos</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>Ph&amp;one</source>
        <translation>Teléf&amp;ono</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>Digits only: 2252501301</source>
        <translation>Solo cifras: 2252501301</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>International: +12252501301</source>
        <translation>Internacional: +12252501301</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>As typed: (225) 250-1301</source>
        <translation>Tal como se escribió: (225) 250-1301</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>Account:</source>
        <translation>Cuenta:</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>List:</source>
        <translation>Lista:</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>Action pages:</source>
        <translation>Páginas de acción:</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>Team:</source>
        <translation>Equipo:</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>%Ln donor(s) become skipped: their page or team is left out.</source>
        <translation>
            <numerusform>%Ln donante pasa a omitido: su página o equipo queda fuera.</numerusform>
            <numerusform>%Ln donantes pasan a omitidos: su página o equipo queda fuera.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>%Ln skipped donor(s) come back and wait.</source>
        <translation>
            <numerusform>%Ln donante omitido vuelve y espera.</numerusform>
            <numerusform>%Ln donantes omitidos vuelven y esperan.</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>All of them keep their place.</source>
        <translation>Todos conservan su lugar.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>Whoever waits goes to {list} in {account} from now on.</source>
        <translation>Quien espera va desde ahora a {list} en {account}.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>{text} (changed)</source>
        <translation>{text} (cambiado)</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/summary_page.py"/>
        <source>Don't overwrite: {field}</source>
        <translation>No sobrescribir: {field}</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/team_page.py"/>
        <source>A team is a named set of action pages, kept on this computer. Most people need none.</source>
        <translation>Un equipo es un grupo de páginas guardado en este ordenador. Casi nadie lo necesita.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/team_page.py"/>
        <source>You can change this later under Connections, Edit, Team.</source>
        <translation>Puede cambiarlo más tarde en Conexiones, Editar, Equipo.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/team_page.py"/>
        <source>&amp;Every team</source>
        <translation>&amp;Todos los equipos</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/team_page.py"/>
        <source>&amp;Only one team's donors</source>
        <translation>&amp;Solo los donantes de un equipo</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/team_page.py"/>
        <source>Its &amp;pages:</source>
        <translation>Sus &amp;páginas:</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/team_page.py"/>
        <source>Not needed where your files name the team themselves.</source>
        <translation>No hace falta si sus archivos nombran el equipo.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/team_page.py"/>
        <source>Also used by {connections}: what you change here changes it there.</source>
        <translation>También lo usa {connections}: lo que cambie aquí cambia allí.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/wizard.py"/>
        <source>&amp;Finish</source>
        <translation>&amp;Finalizar</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/wizard.py"/>
        <source>Leave without keeping what you entered?</source>
        <translation>¿Salir sin guardar lo que escribió?</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/wizard.py"/>
        <source>Nothing has been kept yet.</source>
        <translation>Aún no se ha guardado nada.</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/wizard.py"/>
        <source>&amp;Discard</source>
        <translation>&amp;Descartar</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/wizard.py"/>
        <source>&amp;Keep editing</source>
        <translation>&amp;Seguir editando</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/wizard.py"/>
        <source>New connection</source>
        <translation>Nueva conexión</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/wizard.py"/>
        <source>Keeping the connection…</source>
        <translation>Guardando la conexión…</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/wizard.py"/>
        <source>Change {name}</source>
        <translation>Cambiar {name}</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/wizard.py"/>
        <source>{number} of {all}: {heading}</source>
        <translation>{number} de {all}: {heading}</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/base/formatting.py"/>
        <source>%Ln donor(s)</source>
        <translation>
            <numerusform>%Ln donante</numerusform>
            <numerusform>%Ln donantes</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/base/formatting.py"/>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <location filename="ui/base/formatting.py"/>
        <source>Sending</source>
        <translation>Enviando</translation>
    </message>
    <message>
        <location filename="ui/base/formatting.py"/>
        <source>Paused</source>
        <translation>Pausada</translation>
    </message>
    <message>
        <location filename="ui/base/formatting.py"/>
        <source>list {number} “{name}”</source>
        <translation>lista {number} «{name}»</translation>
    </message>
    <message>
        <location filename="ui/base/formatting.py"/>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <location filename="ui/base/formatting.py"/>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} min {seconds} s</translation>
    </message>
    <message>
        <location filename="console/decide.py"/>
        <source>{count} records are left as they are: only who unsubscribed, bounced or has not confirmed can be subscribed again.</source>
        <translation>{count} registros quedan como están: solo se puede volver a suscribir a quien se dio de baja, rebotó o no ha confirmado.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This ActiveCampaign account is closed or unpaid and refuses everything. No donor is lost; relaying starts again once that is settled.</source>
        <translation>Esta cuenta de ActiveCampaign está cerrada o sin pagar y lo rechaza todo. No se pierde ningún donante; el envío sigue en cuanto se resuelva.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>This computer is offline, or the account's address is misspelt. Nothing was sent; we try again.</source>
        <translation>Este equipo está sin conexión, o la dirección de la cuenta está mal escrita. No se envió nada; lo intentamos de nuevo.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign could not be reached. Nothing was sent; we try again.</source>
        <translation>No se pudo llegar a ActiveCampaign. No se envió nada; lo intentamos de nuevo.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>The connection to ActiveCampaign broke off. Repeating this step is safe; we try again.</source>
        <translation>La conexión con ActiveCampaign se cortó. Repetir este paso es seguro; lo intentamos de nuevo.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign did not answer in time. Repeating this step is safe; we try again.</source>
        <translation>ActiveCampaign no respondió a tiempo. Repetir este paso es seguro; lo intentamos de nuevo.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign had a problem of its own ({status}). We try again.</source>
        <translation>ActiveCampaign tuvo un problema propio ({status}). Lo intentamos de nuevo.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign's answer could not be read. Repeating this step is safe; we try again.</source>
        <translation>No se pudo leer la respuesta de ActiveCampaign. Repetir este paso es seguro; lo intentamos de nuevo.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign said yes but sent no contact number. Repeating this step is safe; we try again.</source>
        <translation>ActiveCampaign dijo que sí pero no envió número de contacto. Repetir este paso es seguro; lo intentamos de nuevo.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign said yes but did not confirm the list. Repeating this step is safe; we try again.</source>
        <translation>ActiveCampaign dijo que sí pero no confirmó la lista. Repetir este paso es seguro; lo intentamos de nuevo.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>Contact {contact} no longer exists in ActiveCampaign. We create it again and then add it to the list.</source>
        <translation>El contacto {contact} ya no existe en ActiveCampaign. Lo creamos de nuevo y luego lo añadimos a la lista.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign has been too busy for this donor for ten minutes. We try again later.</source>
        <translation>ActiveCampaign lleva diez minutos demasiado ocupado para este donante. Lo intentamos más tarde.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign refused this bulk request without saying which donor it means ({detail}). These donors go one by one instead.</source>
        <translation>ActiveCampaign rechazó esta petición en bloque sin decir de qué donante se trata ({detail}). Estos donantes van ahora uno por uno.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign took this bulk request but did not finish it ({status}). Repeating it is safe; we try again.</source>
        <translation>ActiveCampaign tomó esta petición en bloque pero no la terminó ({status}). Repetirla es seguro; lo intentamos de nuevo.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>ActiveCampaign took this bulk request but told no result in {minutes} minutes. Repeating it is safe; we try again.</source>
        <translation>ActiveCampaign tomó esta petición en bloque pero no dio resultado en {minutes} minutos. Repetirla es seguro; lo intentamos de nuevo.</translation>
    </message>
    <message>
        <location filename="model/reasons.py"/>
        <source>Nobody: it goes on by itself</source>
        <translation>Nadie: sigue por sí solo</translation>
    </message>
    <message>
        <location filename="relay/bulk_offer.py"/>
        <source>in bulk ActiveCampaign answers for 250 donors at once and not for each. Who unsubscribed from the list or bounced stays off it, and the log cannot say who that was. Whether someone who has not confirmed yet is put onto it, ActiveCampaign does not say: if your list asks people to confirm, relay one by one. Whoever was held here before, or decided about, goes one by one in any case. The times hold if ActiveCampaign works its imports off at once, which it does not promise.</source>
        <translation>en bloque ActiveCampaign responde por 250 donantes a la vez y no por cada uno. Quien se dio de baja o rebotó queda fuera de la lista, y el registro no puede decir quién fue. Si alguien que aún no ha confirmado entra en ella, ActiveCampaign no lo dice: si su lista pide confirmación, envíe uno por uno. A quien ya se retuvo aquí, o sobre quien ya se decidió, se le envía siempre por separado. Los tiempos valen si ActiveCampaign procesa sus importaciones enseguida, lo que no promete.</translation>
    </message>
    <message>
        <location filename="store/errors.py"/>
        <source>The disk is full, so nothing more can be kept. What was queued is safe; make room, then go on.</source>
        <translation>El disco está lleno, así que no se puede guardar más. Lo que estaba en la cola está a salvo; haga sitio y siga.</translation>
    </message>
    <message>
        <location filename="store/errors.py"/>
        <source>Another program keeps the donor database locked. Nothing was changed; close it and try again.</source>
        <translation>Otro programa mantiene bloqueada la base de datos de donantes. No se cambió nada; ciérrelo e inténtelo de nuevo.</translation>
    </message>
    <message>
        <location filename="store/queue/resend.py"/>
        <source>{count} records</source>
        <translation>{count} registros</translation>
    </message>
    <message>
        <location filename="ui/main/banner_rules.py"/>
        <source>Nothing is sent until you resume. You can go on importing files and adding donors.</source>
        <translation>No se envía nada hasta que reanude. Puede seguir importando archivos y añadiendo donantes.</translation>
    </message>
    <message>
        <location filename="ui/log/lines.py"/>
        <source>Donors taken back out of the queue by {who}.</source>
        <translation>Donantes retirados de la cola por {who}.</translation>
    </message>
    <message numerus="yes">
        <location filename="ui/queue/columns.py"/>
        <source>failed tries: %Ln</source>
        <translation>
            <numerusform>intentos fallidos: %Ln</numerusform>
            <numerusform>intentos fallidos: %Ln</numerusform>
        </translation>
    </message>
    <message>
        <location filename="ui/queue/decide_dialog.py"/>
        <source>{donors} held.</source>
        <translation>{donors} retenidos.</translation>
    </message>
    <message>
        <location filename="ui/main/relay_button.py"/>
        <source>This connection is paused: nothing is sent until you resume.</source>
        <translation>Esta conexión está pausada: no se envía nada hasta que reanude.</translation>
    </message>
    <message>
        <location filename="ui/main/relay_button.py"/>
        <source>Resume and relay {donors}</source>
        <translation>Reanudar y enviar {donors}</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/account_page.py"/>
        <source>A key is kept; leave empty to keep it</source>
        <translation>Hay una clave guardada; deje vacío para conservarla</translation>
    </message>
    <message>
        <location filename="ui/connection/wizard/account_page.py"/>
        <source>{hint} is kept; leave empty to keep it</source>
        <translation>Se guarda {hint}; deje vacío para conservarla</translation>
    </message>
    <message>
        <location filename="ui/importing/watching/folder_watch.py"/>
        <source>“{name}” is queued, but could not be moved into “{done}” ({detail}). Move it yourself; queued a second time it would bring nothing new.</source>
        <translation>«{name}» está en la cola, pero no se pudo mover a «{done}» ({detail}). Muévalo usted; puesto en cola otra vez no traería nada nuevo.</translation>
    </message>
</context>
</TS>
