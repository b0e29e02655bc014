# Runs Liferea on the message bus of this session: refreshes what it is subscribed to, subscribes to the addresses in the
# arguments, and ends it when it had time to store what it got.

call() {
  dbus-send --session --print-reply --dest=org.gnome.feed.Reader /org/gnome/feed/Reader "org.gnome.feed.Reader.$@"
}

liferea &
reader=$!
tries=0
until call Ping; do
  tries=$((tries + 1))
  [ "$tries" -lt 60 ] || { kill "$reader"; exit 1; }
  sleep 0.5
done
# It takes itself for offline where no network manager runs, and then the refresh at its start asks for nothing.
call SetOnline boolean:true
if [ "$#" -eq 0 ]; then call Refresh; sleep 2; fi
for address in "$@"; do call Subscribe "string:$address"; sleep 2; done
sleep 3
kill "$reader"
wait "$reader"
exit 0
