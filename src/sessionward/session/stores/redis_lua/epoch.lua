return epoch_of(ARGV[1])
