# Reads documents by XML::Feed, which many Perl programs use. Standard input: one file name a line. Standard output: one
# JSON object a line, {"readings": [...]}.

use strict;
use warnings;
use JSON::PP;
use XML::Feed;

# Characters rather than bytes.
$XML::Atom::ForceUnicode = 1;

my $json = JSON::PP->new->utf8->canonical;
$| = 1;

while (my $file = <STDIN>) {
  chomp $file;
  my $feed = XML::Feed->parse($file) or die XML::Feed->errstr;
  my @readings = map { reading($_) } $feed->entries;
  print $json->encode({ readings => \@readings }), "\n";
}

sub reading {
  my ($entry) = @_;
  my %reading = (
    id => $entry->id,
    title => $entry->title,
    link => $entry->link,
    published => $entry->issued && $entry->issued->epoch,
    content => $entry->content->body // $entry->summary->body,
  );
  delete $reading{$_} for grep { !defined $reading{$_} } keys %reading;
  return \%reading;
}
