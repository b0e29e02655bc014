# Subscribes Liferea to the addresses in the arguments, on the message bus of this session, and ends it when it had time
# to store what it got.

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
call SetOnline boolean:true
for address in "$@"; do call Subscribe "string:$address"; sleep 2; done
sleep 3
kill "$reader"
wait "$reader"
exit 0
