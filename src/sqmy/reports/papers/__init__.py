"""What is printed and sent: bulletins, notices, certificates, slips, decisions on awards."""
