#!/usr/bin/env bash
# WordPress writes its feed's own address without the port of the site.
#
# Software    wordpress 6.1.9+dfsg1-0+deb12u1 (Debian 12); needs its php-cli 8.2
# Run on      2026-12-01, Debian 12
# Input       the site's address is http://127.0.0.1:8118, set by WordPress' own filter of that option; asked for is /feed/.
# Guessed     <atom:link rel="self"> is the address that was asked for, as <link> is that of the site: both with the port.
# Happens     self is http://127.0.0.1/feed/, <link> http://127.0.0.1:8118. The same in Atom, on every feed and page of a feed.
#             A real site with MariaDB gave the same document.
# Matters     self is what a hub is asked for as the topic, and what tells a saved feed's address. For a site at a port it names
#             another server, so who moves one has to name the address that readers ask.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"

apt-get download --quiet=2 wordpress=6.1.9+dfsg1-0+deb12u1 > /dev/null
dpkg-deb --extract wordpress_*.deb debian

cat > ask.php <<'PHP'
<?php
define('ABSPATH', __DIR__ . '/debian/usr/share/wordpress/');
define('WPINC', 'wp-includes');
$_SERVER['HTTP_HOST'] = '127.0.0.1:8118';
$_SERVER['REQUEST_URI'] = $argv[1];
foreach (['load', 'plugin', 'functions', 'formatting', 'http', 'link-template', 'general-template', 'feed'] as $file)
    require ABSPATH . WPINC . "/$file.php";
add_filter('pre_option_home', fn() => 'http://127.0.0.1:8118');
echo $argv[2] === 'self' ? get_self_link() : home_url();
PHP
ask() { php ask.php "$1" "$2" 2> /dev/null; }

expect 'the site' http://127.0.0.1:8118 "$(ask /feed/ site)"
expect 'self of the feed' http://127.0.0.1/feed/ "$(ask /feed/ self)"
expect 'self of its second page' 'http://127.0.0.1/feed/?paged=2' "$(ask '/feed/?paged=2' self)"
finish
