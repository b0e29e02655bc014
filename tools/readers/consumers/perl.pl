# Readers for Perl, each as it is used. Standard input: one JSON object a line, {"reader", "format", "file"}. Standard
# output: one JSON object a line, {"shown"} (see table/shown.ts), {"error"} or {"absent"}.

use strict;
use warnings;
use JSON::PP;

my $json = JSON::PP->new->utf8->canonical->allow_nonref;
my %readers = ('XML::Feed' => \&by_feed, 'XML::FeedPP' => \&by_feedpp);
$| = 1;

while (my $line = <STDIN>) {
  my $job = $json->decode($line);
  my $module = $job->{reader} =~ s{::}{/}gr . '.pm';
  if (!eval { require $module; 1 }) {
    print $json->encode({ absent => "$job->{reader} is not there" }), "\n";
    next;
  }
  my $shown = eval { $readers{ $job->{reader} }->($job) };
  print $json->encode(defined $shown ? { shown => $shown } : { error => substr("$@" || 'nothing read', 0, 200) }), "\n";
}

sub by_feed {
  my ($job) = @_;
  no warnings 'once';
  $XML::Atom::ForceUnicode = 1;
  my $feed = XML::Feed->parse($job->{file}) or die XML::Feed->errstr;
  return { home => $feed->link, entries => [ map { entry_of_feed($_) } $feed->entries ] };
}

sub entry_of_feed {
  my ($entry) = @_;
  my @tags = eval { $entry->tags };
  return {
    id => $entry->id, title => $entry->title // '', link => $entry->link,
    published => $entry->issued && $entry->issued->hires_epoch + 0,
    updated => $entry->modified && $entry->modified->hires_epoch + 0,
    author => '' . (eval { $entry->author } // ''), tags => \@tags,
    files => [ map { $_->url } grep { defined } eval { $entry->enclosure } ],
    text => eval { $entry->content->body },
  };
}

sub by_feedpp {
  my ($job) = @_;
  require Time::Piece;
  my $feed = XML::FeedPP->new($job->{file}, -type => 'file', utf8_flag => 1);
  return {
    home => $feed->link,
    entries => [
      map {
        my $tags = eval { $_->category };
        {
          id => $_->guid, title => $_->title // '', link => $_->link,
          author => '' . (eval { $_->author } // ''), tags => ref $tags ? $tags : [ grep { defined } $tags ],
          text => '' . (eval { $_->description } // ''),
        }
      } $feed->get_item
    ],
  };
}
