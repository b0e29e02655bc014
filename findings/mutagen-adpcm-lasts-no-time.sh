#!/usr/bin/env bash
# mutagen says of a WAV in ADPCM that it lasts no time at all, and of one in G.722 that it lasts half as long.
#
# Software    mutagen 1.48.1, beside tinytag 2.3.2 (PyPI); ffmpeg 7 of imageio-ffmpeg 0.6.0 (PyPI) writes the files; Python 3.11
# Run on      2026-12-01, Debian 12
# Input       61.3 seconds of a tone as WAV in PCM, in ADPCM of Microsoft and of IMA, and in G.722; each with the count of samples (fact)
#             that the format asks for.
# Guessed     171 seconds for ADPCM, by the bytes a second that ffmpeg states, which other readers believe.
# Happens     0.0 for both kinds of ADPCM, and 30.6 for G.722, without an error. tinytag is right.
# Matters     who takes itunes:duration from mutagen says 0 for what dictation recorders write.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

install_pip mutagen==1.48.1 tinytag==2.3.2 imageio-ffmpeg==0.6.0

ffmpeg=$(python -c "import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())")
for codec in pcm_s16le adpcm_ms adpcm_ima_wav g722; do
  "$ffmpeg" -nostdin -v error -f lavfi -i sine=440:d=61.3 -ac 1 -ar 16000 -c:a "$codec" "$codec.wav"
done

length() { python -c "import mutagen; print(round(mutagen.File('$1.wav').info.length, 1))"; }
other() { python -c "import tinytag; print(round(tinytag.TinyTag.get('$1.wav').duration))"; }

expect 'PCM' 61.3 "$(length pcm_s16le)"
expect 'ADPCM of Microsoft' 0.0 "$(length adpcm_ms)"
expect 'ADPCM of IMA' 0.0 "$(length adpcm_ima_wav)"
expect 'G.722' 30.6 "$(length g722)"
expect 'ADPCM of Microsoft, by tinytag' 61 "$(other adpcm_ms)"
expect 'G.722, by tinytag' 61 "$(other g722)"
finish
