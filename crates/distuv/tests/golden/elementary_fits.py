"""Fits and divergences for tests/it/laws_elementary.rs: scipy.stats fits polished to the root of the score in mpmath at 40 digits; divergences by mpmath quadrature."""
import mpmath as mp, numpy as np
from scipy import stats
mp.mp.dps=40
x=[0.31,0.47,0.52,0.66,0.85,0.91,1.04,1.17,1.33,1.58,1.72,2.09,2.46,3.15,4.82]
y=[0.05,0.11,0.18,0.26,0.31,0.37,0.44,0.48,0.55,0.63,0.71,0.78,0.86,0.93,0.97]
def polish(ll,start,data):
    X=[mp.mpf(v) for v in data]
    f=lambda *t: sum(ll(v,*t) for v in X)
    n=len(start)
    g=[(lambda i: (lambda *t: mp.diff(f,t,tuple(1 if j==i else 0 for j in range(n)))))(i) for i in range(n)]
    mp.mp.dps=25
    r=mp.findroot(g if n>1 else g[0], start if n>1 else start[0], tol=1e-30)
    return [mp.nstr(v,16) for v in (r if n>1 else [r])]
L=mp.log
S={}
a=stats.logistic.fit(x); print('logistic',polish(lambda v,m,s: -(v-m)/s-2*L(1+mp.exp(-(v-m)/s))-L(s),[float(t) for t in a],x))
a=stats.cauchy.fit(x); print('cauchy',polish(lambda v,m,s: -L(s)-L(1+((v-m)/s)**2),[float(t) for t in a],x))
a=stats.weibull_min.fit(x,floc=0); print('weibull',polish(lambda v,k,s: L(k/s)+(k-1)*L(v/s)-(v/s)**k,[a[0],a[2]],x))
a=stats.gumbel_r.fit(x); print('gumbel_r',polish(lambda v,m,s: -(v-m)/s-mp.exp(-(v-m)/s)-L(s),list(map(float,a)),x))
a=stats.gumbel_l.fit(x); print('gumbel_l',polish(lambda v,m,s: (v-m)/s-mp.exp((v-m)/s)-L(s),list(map(float,a)),x))
a=stats.fisk.fit(x,floc=0); print('fisk scale shape',polish(lambda v,s,b: L(b/s)+(b-1)*L(v/s)-2*L(1+(v/s)**b),[a[2],a[0]],x))
a=stats.halfcauchy.fit(x,floc=0); print('halfcauchy',polish(lambda v,s: -L(s)-L(1+(v/s)**2),[float(a[1])],x))
a=stats.invweibull.fit(x,floc=0); print('frechet',polish(lambda v,k,s: L(k/s)-(k+1)*L(v/s)-(v/s)**-k,[a[0],a[2]],x))
def gev(v,m,s,xi):
    w=1+xi*(v-m)/s; return -L(s)-(1+1/xi)*L(w)-w**(-1/xi)
a=stats.genextreme.fit(x); print('gev',a,polish(gev,[a[1],a[2],-a[0]],x))
def gpd(v,s,xi): return -L(s)-(1+1/xi)*L(1+xi*v/s)
a=stats.genpareto.fit(x,floc=0); print('gpd',a,polish(gpd,[a[2],a[0]],x))
print('kumaraswamy',polish(lambda v,a,b: L(a*b)+(a-1)*L(v)+(b-1)*L(1-v**a),[1.2,1.1],y))
a=stats.hypsecant.fit(x); print('hypsecant (scale 2/pi)',polish(lambda v,m,s: -L(2*s)-L(mp.cosh(mp.pi*(v-m)/2/s)),[float(a[0]),float(a[1])*mp.pi/2],x))
a=stats.burr12.fit(x,floc=0); print('burr',a,polish(lambda v,c,k,s: L(c*k/s)+(c-1)*L(v/s)-(k+1)*L(1+(v/s)**c),[a[0],a[1],a[3]],x))
a=stats.levy.fit(x); print('levy',a,polish(lambda v,m,c: L(c)/2-c/2/(v-m)-1.5*L(v-m),[float(a[0]),float(a[1])],x))
h=[v**3 for v in x]; print('heavy',[float(v) for v in h])
a=stats.lomax.fit(h,floc=0); print('lomax',a,polish(lambda v,k,s: L(k/s)-(k+1)*L(1+v/s),[a[0],a[2]],h))
mp.mp.dps=30
def kl(f,g,pts): return mp.nstr(mp.quad(lambda v: (lambda a:a*(L(a)-L(g(v))) if a>0 else mp.mpf(0))(f(v)),pts),16)
inf=mp.inf
la=lambda m,b:(lambda v: mp.exp(-abs(v-m)/b)/2/b)
print('kl laplace',kl(la(0,1),la(mp.mpf('0.5'),2),[-60,-5,0,mp.mpf('0.5'),5,60,100]))
ca=lambda m,b:(lambda v: 1/(mp.pi*b*(1+((v-m)/b)**2)))
print('kl cauchy',kl(ca(0,1),ca(mp.mpf('0.5'),2),[-inf,-100,-5,0,5,100,inf]))
gu=lambda m,b:(lambda v: mp.exp(-(v-m)/b-mp.exp(-(v-m)/b))/b)
print('kl gumbel',kl(gu(0,1),gu(mp.mpf('0.5'),2),[-5,-2,0,2,10,40,80]))
we=lambda k,s:(lambda v: k/s*(v/s)**(k-1)*mp.exp(-(v/s)**k))
print('kl weibull(1.5,2 || .8,3)',kl(we(mp.mpf('1.5'),2),we(mp.mpf('0.8'),3),[0,mp.mpf('.01'),1,3,10,30]))
fr=lambda k,s:(lambda v: k/s*(v/s)**(-k-1)*mp.exp(-(v/s)**-k))
print('kl frechet(3,2 || 1.5,1)',kl(fr(3,2),fr(mp.mpf('1.5'),1),[mp.mpf('.3'),1,2,5,20,1000,inf]))
print('kl rayleigh(1||2)',mp.nstr(mp.mpf(1)/4-1+L(4),16),'maxwell',mp.nstr(1.5*(mp.mpf(1)/4-1+L(4)),16))
