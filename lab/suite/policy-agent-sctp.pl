# Sends one SCTP INIT and says which ICMP error comes back: policy-agent-sctp.pl ADDRESS PORT
use strict;
use Socket;

my ($address, $port) = @ARGV;

# An INIT of RFC 9260, section 3.3.2: tag 1, window 65536, one stream each way, first sequence number 1.
my $init = pack('CCnNNnnN', 1, 0, 20, 1, 65536, 1, 1, 1);
my $packet = pack('nnNN', 40000 + int(rand(20000)), $port, 0, 0) . $init;

# Connection tracking calls a packet with a wrong CRC32c invalid.
my $crc = 0xffffffff;
for my $byte (unpack('C*', $packet)) {
  $crc ^= $byte;
  $crc = $crc & 1 ? ($crc >> 1) ^ 0x82f63b78 : $crc >> 1 for 1 .. 8;
}
substr($packet, 8, 4) = pack('V', $crc ^ 0xffffffff);

socket(my $icmp, PF_INET, SOCK_RAW, 1) or die "socket: $!";
socket(my $raw, PF_INET, SOCK_RAW, 132) or die "socket: $!";
send($raw, $packet, 0, sockaddr_in(0, inet_aton($address))) or die "send: $!";

my %says = (2 => 'protocol unreachable', 3 => 'port unreachable');
$SIG{ALRM} = sub { print "nothing\n"; exit };
alarm 2;
while (recv($icmp, my $answer, 2048, 0)) {
  my ($type, $code) = unpack('x20CC', $answer);
  next unless $type == 3 && unpack('x37C', $answer) == 132;
  print $says{$code} // "code $code", "\n";
  exit;
}
