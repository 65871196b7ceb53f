#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>

/* getent(1) of an image whose C library is not glibc: asks that library, as every program of the image does. */
int main(int count, char **words) {
    if (count != 3) return 1;
    const struct addrinfo hints = {
        .ai_family = !strcmp(words[1], "ahostsv4") ? AF_INET : !strcmp(words[1], "ahostsv6") ? AF_INET6 : AF_UNSPEC,
        .ai_socktype = SOCK_STREAM,
    };
    struct addrinfo *found;
    if (getaddrinfo(words[2], 0, &hints, &found) != 0) return 2;
    for (const struct addrinfo *one = found; one; one = one->ai_next) {
        char text[INET6_ADDRSTRLEN];
        const void *address = one->ai_family == AF_INET ? (const void *)&((struct sockaddr_in *)one->ai_addr)->sin_addr
                                                        : (const void *)&((struct sockaddr_in6 *)one->ai_addr)->sin6_addr;
        printf("%-15s STREAM %s\n", inet_ntop(one->ai_family, address, text, sizeof text), one == found ? words[2] : "");
    }
    return 0;
}
